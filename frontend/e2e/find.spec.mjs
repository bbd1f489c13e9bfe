import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, create, pages, row } from './kit.mjs';

const open = pages();

test('the palette finds records and commands', async () => {
  await create('company', { name: 'Łódź Ceramics', city: 'Łódź' });
  const page = await open('/company');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox', { name: 'Search or run a command' });
  await box.fill('lodz cer');
  await page.getByRole('option', { name: /Łódź Ceramics/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Łódź Ceramics' }).waitFor();
  await page.keyboard.press('Control+k');
  await box.fill('histo');
  await page.getByRole('option', { name: /^History/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('Enter takes what was typed, though the answer is still under way', async () => {
  await create('company', { name: 'Hasty Alpha' });
  const beta = await create('company', { name: 'Hasty Beta' });
  const page = await open('/company');
  await page.getByRole('grid').waitFor();
  let slow = false;
  await page.route('**/search?*', async (route) => {
    if (slow) await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  const typed = async (box) => {
    slow = false;
    await box.fill('hasty');
    await page.getByRole('option', { name: /Hasty Alpha/ }).waitFor();
    slow = true;
    await page.keyboard.type(' bet');
    await page.keyboard.press('Enter');
  };
  await page.keyboard.press('Control+k');
  await typed(page.getByRole('combobox', { name: 'Search or run a command' }));
  await page.getByRole('heading', { level: 1, name: 'Hasty Beta' }).waitFor();
  await page.goto(page.url().replace(/#.*/, '#/quotation/new'));
  const customer = page.getByRole('textbox', { name: 'Customer', exact: true });
  await typed(customer);
  await page.waitForFunction(() => location.hash.match(/quotation\/(?!new)/));
  const stored = await api('GET', `/quotations/${page.url().split('/').pop()}`);
  assert.equal(stored.document.company, beta.id);
  assert.equal(await customer.inputValue(), 'Hasty Beta');
  assert.deepEqual(page.faults, []);
});

test('the search page can be shared', async () => {
  await create('person', { name: 'Zoë Quist', email: 'zoe@quist.example' });
  const page = await open('/search?q=quist');
  await page.getByRole('link', { name: /Zoë Quist/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Zoë Quist' }).waitFor();
});

test('filter chips compose the filter of the address', async () => {
  await create('company', { name: 'Chip Alpha', city: 'Leeds', revenue: '5000', revenueCurrency: 'EUR' });
  await create('company', { name: 'Chip Beta', city: 'York', revenue: '100', revenueCurrency: 'EUR' });
  const page = await open('/company?q=Chip');
  await row(page, 'Chip Beta').waitFor();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('option', { name: 'City', exact: true }).click();
  await page.getByRole('textbox', { name: 'Value' }).fill('Leeds');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await row(page, 'Chip Beta').waitFor({ state: 'detached' });
  await row(page, 'Chip Alpha').waitFor();
  await page.waitForURL((url) => /where=city ~ "Leeds"/.test(decodeURIComponent(url.href).replaceAll('+', ' ')));
  await page.reload();
  await page.getByRole('button', { name: 'City contains Leeds' }).waitFor();
  await page.getByRole('button', { name: 'Remove filter: City' }).click();
  await row(page, 'Chip Beta').waitFor();
  assert.deepEqual(page.faults, []);
});

test('a filter as text shows where it is wrong', async () => {
  await create('company', { name: 'Text Filter', city: 'Leeds' });
  const page = await open('/company?where=city%20%3D%20%22Leeds%22');
  await page.getByRole('button', { name: 'As text' }).click();
  const box = page.getByLabel('Filter as text');
  await box.fill('city = ');
  await page.locator('[class*=place] em').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Apply' }).isDisabled(), true);
  await box.fill('city = "Leeds" or name ^ "Text"');
  await page.locator('[class*=place] em').waitFor({ state: 'detached' });
  await box.press('Enter');
  await row(page, 'Text Filter').waitFor();
  await page.getByRole('button', { name: 'City is Leeds' }).waitFor();
  await page.getByRole('button', { name: 'Name starts with Text' }).waitFor();
  await page.getByRole('button', { name: 'As text' }).click();
  assert.equal(await box.inputValue(), 'city = "Leeds" or name ^ "Text"');
  assert.deepEqual(page.faults, []);
});

test('a wrong filter in the address is explained, not hidden', async () => {
  const page = await open('/company?where=nothing%20here');
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
});

test('columns are chosen and remembered', async () => {
  await create('company', { name: 'Column Co', vat: 'GB123' });
  const page = await open('/company?q=Column');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'VAT number' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'VAT number' }).waitFor();
  await page.reload();
  await page.getByRole('columnheader', { name: 'VAT number' }).waitFor();
});
