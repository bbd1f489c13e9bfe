import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { api, create, pages, row, toast } from './kit.mjs';
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

test('a signature pasted into a list is read; one pasted into a field stays there', async () => {
  await create('company', { name: 'Listed Ltd' });
  const page = await open('/company');
  await page.getByRole('grid').waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), signature);
  await page.keyboard.press('/');
  await page.keyboard.press('Control+V');
  await page.waitForFunction(() => document.activeElement?.value?.includes('Ada Berg'));
  await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
  await page.locator('#list-find').fill('');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+V');
  await page.getByRole('heading', { level: 1, name: 'From a signature or address' }).waitFor();
  await page.getByRole('checkbox', { name: 'New person' }).waitFor();
  assert.deepEqual(page.faults, []);
});

const cards = `BEGIN:VCARD
VERSION:3.0
FN:Dora Quist
EMAIL:dora@quist.example
ORG:Quist Papier
END:VCARD
BEGIN:VCARD
FN:Otto Known
EMAIL:otto@known.example
TEL:+49 40 7654321
END:VCARD
BEGIN:VCARD
FN:Left Out
EMAIL:left@out.example
END:VCARD
BEGIN:VCARD
FN:Bad Address
EMAIL:bad
END:VCARD
`;

test('business cards are looked at, taken in but for one, and taken back', async () => {
  await create('person', { name: 'Otto Known', emails: [{ type: 'work', value: 'otto@known.example' }] });
  const page = await open('/person');
  await row(page, 'Otto Known').waitFor();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('business cards in');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Business cards' }).waitFor();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a file' }).click(),
  ]);
  await chooser.setFiles({ name: 'phone.vcf', mimeType: 'text/vcard', buffer: Buffer.from(cards) });
  const item = (name) => page.getByRole('listitem').filter({ hasText: name });
  await item('Dora Quist').getByText('New', { exact: true }).waitFor();
  await item('Otto Known').getByText('gets: Phones').waitFor();
  await item('Bad Address').getByText('is not an e-mail address').waitFor();
  await page.getByRole('checkbox', { name: 'Take Left Out in' }).uncheck();
  await page.getByRole('button', { name: 'Take 2 cards in' }).click();
  await page.getByRole('heading', { name: 'Taken from phone.vcf' }).waitFor();
  const names = async () =>
    (await api('GET', `/records/person?where=${encodeURIComponent('name in ("Dora Quist", "Left Out")')}`)).rows.map(
      (r) => r.name,
    );
  assert.deepEqual(await names(), ['Dora Quist']);
  await toast(page, 'phone.vcf').getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'undone').waitFor();
  assert.deepEqual(await names(), []);
  assert.deepEqual(page.faults, []);
});

test('selected people leave as one file of business cards, and a company is ready for a letter', async () => {
  const company = await create('company', {
    name: 'Letterbox GmbH',
    addresses: [{ type: 'post', street: 'Hafenstraße 14', postcode: '20457', city: 'Hamburg', country: 'DE' }],
  });
  for (const name of ['Card One', 'Card Two']) await create('person', { name });
  const page = await open('/person');
  for (const name of ['Card One', 'Card Two']) await row(page, name).locator('[data-check]').click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('toolbar').getByRole('button', { name: 'Business cards' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'People.vcf');
  assert.equal((await readFile(await file.path(), 'utf8')).match(/BEGIN:VCARD/g).length, 2);

  await page.goto(page.url().replace(/#.*/, `#/company/${company.id}`));
  const letter = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Letter', exact: true }) });
  await letter.getByText('20457 Hamburg').waitFor();
  await letter.getByRole('button', { name: 'Copy envelope' }).click();
  await toast(page, 'The envelope was copied').waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    'Letterbox GmbH\nHafenstraße 14\n20457 Hamburg',
  );
  await letter.getByRole('combobox', { name: 'Language of the greeting' }).click();
  await page.getByRole('option', { name: 'German', exact: true }).click();
  await letter.getByText('Sehr geehrte Damen und Herren').waitFor();
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

test('a visit sheet is shown as it will be printed, and saved', async () => {
  const company = await create('company', { name: 'Visited Ltd', phone: '+44 20 7946 0000' });
  await create('task', { text: 'Bring the samples', about: company.id });
  const page = await open(`/company/${company.id}`);
  await page.getByRole('heading', { level: 1, name: 'Visited Ltd' }).waitFor();
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: 'Visit sheet: Visited Ltd' });
  await dialog.locator('canvas').waitFor();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as PDF' }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), 'Visit Visited Ltd.pdf');
  assert.match((await readFile(await file.path())).subarray(0, 5).toString(), /^%PDF-/);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Visited Ltd' }).waitFor();
  assert.deepEqual(page.faults, []);
});

accessible(open, [
  [
    'business cards',
    () => '/cards',
    async (page) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Choose a file' }).click(),
      ]);
      await chooser.setFiles({ name: 'phone.vcf', mimeType: 'text/vcard', buffer: Buffer.from(cards) });
      await page.getByRole('listitem').first().waitFor();
    },
  ],
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
