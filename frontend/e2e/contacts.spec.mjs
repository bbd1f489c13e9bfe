import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, create, pages, row } from './kit.mjs';
import { accessible } from './places.mjs';

const open = pages();

const signature = `Best regards,

Dr. Ada Berg
Head of Purchasing
Nordlicht Keramik GmbH
Hafenstraße 14
20457 Hamburg
Tel. +49 40 1234567
ada.berg@nordlicht.example`;

test('a pasted signature becomes a company and a person, changed before it is saved', async () => {
  const page = await open('/company');
  await page.getByRole('button', { name: 'New from a signature or address' }).click();
  await page.getByRole('textbox', { name: 'Paste a signature or an address' }).fill(signature);
  const company = page.locator('section').filter({ has: page.getByRole('checkbox', { name: 'New company' }) });
  const person = page.locator('section').filter({ has: page.getByRole('checkbox', { name: 'New person' }) });
  await company.getByText('from: 20457 Hamburg').first().waitFor();
  assert.equal(await company.getByLabel('City').inputValue(), 'Hamburg');
  await company.getByLabel('Name', { exact: true }).fill('Nordlicht Keramik & Söhne');
  assert.equal(await person.getByLabel('Last name').inputValue(), 'Berg');
  await page.getByRole('button', { name: 'Create company and person' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ada Berg' }).waitFor();
  const { rows } = await api(
    'GET',
    `/records/person?where=${encodeURIComponent('email = "ada.berg@nordlicht.example"')}`,
  );
  assert.deepEqual([rows[0].role, rows[0].phone], ['Head of Purchasing', '+49 40 1234567']);
  const made = (await api('GET', `/records/company/${rows[0].company}`)).record;
  assert.deepEqual([made.name, made.city, made.postcode], ['Nordlicht Keramik & Söhne', 'Hamburg', '20457']);
  assert.deepEqual(page.faults, []);
});

test('Space shows what one needs before a call', async () => {
  const company = await create('company', { name: 'Glance Ltd', phones: [{ type: 'work', value: '+44 113 4960000' }] });
  await create('person', { name: 'Ben Otieno', roles: [{ company: company.id, role: 'Owner' }] });
  await api('POST', '/quotations', {
    subject: 'Shelves',
    company: company.id,
    currency: 'EUR',
    lines: [{ kind: 'item', text: 'Shelf', quantity: '2', price: '100', tax: '19' }],
  });
  const page = await open('/company');
  await row(page, 'Glance Ltd').getByText('Glance Ltd').click();
  await page.keyboard.press('Space');
  const panel = page.getByRole('complementary', { name: 'Glance Ltd' });
  await panel.getByRole('link', { name: 'Ben Otieno (Owner), +44 113 4960000' }).waitFor();
  await panel.getByRole('link', { name: 'Shelves' }).first().waitFor();
  await panel.getByText('€238.00').first().waitFor();
  assert.deepEqual(page.faults, []);
});

let supplier;
test('relations stand beside a company, as a list and as a picture', async () => {
  supplier = await create('company', { name: 'Quarry Stone' });
  const buyer = await create('company', { name: 'Masons United' });
  const rival = await create('company', { name: 'Gravel Rivals' });
  await create('relation', { from: supplier.id, to: buyer.id, type: 'supplies' });
  await create('relation', { from: rival.id, to: buyer.id, type: 'competitor' });
  const page = await open(`/company/${supplier.id}`);
  const related = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Relations' }) });
  await related.getByRole('link', { name: /Masons United\s*supplies/ }).waitFor();
  await related.getByText('1 more, two steps away').click();
  await related.getByRole('link', { name: /Gravel Rivals\s*competes with Masons United/ }).waitFor();
  await related.getByText('As a picture').click();
  await related.locator('svg').getByRole('link', { name: 'Gravel Rivals' }).click();
  await page.getByRole('heading', { level: 1, name: 'Gravel Rivals' }).waitFor();
  assert.deepEqual(page.faults, []);
});

accessible(open, [
  ['relations', () => `/company/${supplier.id}`, (page) => page.getByText('As a picture').click(), [1440, 900]],
  [
    'paste',
    () => '/paste',
    async (page) => {
      await page.getByRole('textbox', { name: 'Paste a signature or an address' }).fill(signature);
      await page.getByRole('checkbox', { name: 'New person' }).waitFor();
    },
  ],
]);
