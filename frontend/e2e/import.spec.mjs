import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, create, pages } from './kit.mjs';
import { accessible } from './places.mjs';
import { workbook } from './workbook.mjs';

const open = pages();

/** A list as trade fairs give it: one known company, one row that is wrong, one column of dates in doubt. */
const fair = () =>
  workbook(
    [
      ['Company', 'E-mail', 'City', 'Customer since', 'Hall'],
      ['Fair Ceramics', 'hello@fairceramics.example', 'Leeds', '03/04/2024', '7'],
      ['Fair Robotics', 'info@fairrobotics.example', 'Turin', '05/06/2024', '7'],
      ['Fair Wines', 'not an address', 'Lyon', '01/02/2024', '9'],
      ['Fair Motors', 'new@fairmotors.example', 'Malmö', '', '9'],
    ],
    'Leads',
  );

const choose = async (page, buffer, name) => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose file' }).click();
  await (await chooser).setFiles({
    name,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer,
  });
};
const next = (page) => page.getByRole('button', { name: 'Next', exact: true }).click();
const figure = (page, name) => page.locator('[data-action]').filter({ hasText: name }).locator('strong');

test('a spreadsheet is mapped, asked about, checked, imported and undone', async () => {
  const known = await create('company', {
    name: 'Fair Motors',
    emails: [{ type: 'work', value: 'new@fairmotors.example' }],
  });
  const page = await open('/import?kind=company');
  await choose(page, fair(), 'Trade fair.xlsx');
  await page.getByRole('heading', { name: 'Is this the right table?' }).waitFor();
  await page.getByText('Trade fair.xlsx: 4 rows in 5 columns.').waitFor();
  await next(page);

  await page.getByRole('heading', { name: 'Which column fills which field?' }).waitFor();
  const city = page.getByRole('combobox', { name: 'Column City fills' });
  assert.equal(await city.inputValue(), 'City');
  assert.equal(await page.getByRole('combobox', { name: 'Column Hall fills' }).inputValue(), 'Do not import');
  await city.click();
  await page.getByRole('option', { name: 'Do not import' }).click();
  await page.getByRole('row', { name: /^City/ }).getByText('Left out').waitFor();
  await city.click();
  await page.getByRole('option', { name: 'City', exact: true }).click();
  await page.getByRole('row', { name: /^City/ }).getByText('Sure').waitFor();
  await page.getByRole('combobox', { name: 'Column Hall fills' }).click();
  await page.getByRole('option', { name: 'New field…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New field for Companies' });
  assert.equal(await dialog.getByLabel('Name').inputValue(), 'Hall');
  assert.equal(await dialog.getByRole('combobox', { name: 'Type' }).inputValue(), 'Number');
  await dialog.getByRole('button', { name: 'Add field' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.querySelector('[aria-label="Column Hall fills"]')?.value === 'Hall');
  await next(page);

  await page.getByRole('heading', { name: 'What only you can know' }).waitFor();
  await page.getByText('Row 2: 03/04/2024 is 3 April 2024').waitFor();
  await page.getByRole('radio', { name: /Day first/ }).check();
  await next(page);

  await page.getByRole('heading', { name: 'What if a record is there already?' }).waitFor();
  assert.equal(await page.getByRole('checkbox', { name: 'E-mail' }).isChecked(), true);
  // Going back loses nothing.
  await page.getByRole('button', { name: 'Back' }).click();
  assert.equal(await page.getByRole('radio', { name: /Day first/ }).isChecked(), true);
  await next(page);
  await next(page);

  await page.getByRole('heading', { name: 'This is what would happen' }).waitFor();
  assert.equal(await figure(page, 'Create').textContent(), '2');
  assert.equal(await figure(page, 'Update').textContent(), '1');
  assert.equal(await figure(page, 'Cannot be imported').textContent(), '1');
  await page.getByRole('cell', { name: 'not an address', exact: true }).waitFor();
  await page.getByRole('button', { name: /Cannot be imported/ }).click();
  await page.getByRole('region', { name: 'All rows' }).last().getByRole('cell', { name: '4', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Import 3 companies' }).click();

  await page.getByRole('heading', { name: 'The import is done' }).waitFor();
  assert.equal(await figure(page, 'Created').textContent(), '2');
  const found = await api('GET', `/records/company?where=${encodeURIComponent('name ^ "Fair "')}`);
  assert.deepEqual(found.rows.map((r) => r.name).sort(), ['Fair Ceramics', 'Fair Motors', 'Fair Robotics']);
  assert.equal(found.rows.find((r) => r.name === 'Fair Ceramics').customerSince, '2024-04-03');
  assert.deepEqual(
    [found.rows.find((r) => r.id === known.id).city, found.rows.find((r) => r.id === known.id)._hall],
    ['Malmö', '9'],
  );

  const failed = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the failed rows' }).click();
  assert.match((await failed).suggestedFilename(), /Trade fair failed rows\.xlsx/);
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('heading', { name: 'The import was undone' }).waitFor();
  const after = await api('GET', `/records/company?where=${encodeURIComponent('name ^ "Fair "')}`);
  assert.deepEqual(
    after.rows.map((r) => r.name),
    ['Fair Motors'],
  );
  assert.deepEqual(page.faults, []);
});

test('a file that cannot be read says why', async () => {
  const page = await open('/import');
  await choose(page, Buffer.from('PK\x03\x04 no workbook'), 'broken.xlsx');
  await page.getByRole('alert').filter({ hasText: 'broken.xlsx' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('a list is exported as it is filtered', async () => {
  await create('company', { name: 'Exported Ltd', addresses: [{ type: 'post', city: 'Porto' }] });
  const page = await open(`/company?where=${encodeURIComponent('city = "Porto"')}`);
  await page.getByText('Exported Ltd').first().waitFor();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('export csv');
  await page.getByRole('option', { name: 'Export this list as CSV' }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), 'Companies.csv');
  const text = Buffer.concat(await (await file.createReadStream()).toArray()).toString();
  assert.match(text, /Exported Ltd/);
  assert.equal(text.trim().split('\n').length, 2);
  assert.deepEqual(page.faults, []);
});

const reached = (step) => async (page) => {
  await choose(page, fair(), 'Trade fair.xlsx');
  await page.getByRole('heading', { name: 'Is this the right table?' }).waitFor();
  for (const heading of ['Which column fills which field?', 'What only you can know'].slice(0, step)) {
    await next(page);
    await page.getByRole('heading', { name: heading }).waitFor();
  }
  if (step < 3) return;
  await page.getByRole('radio', { name: /Day first/ }).check();
  await next(page);
  if (step < 4) return;
  await next(page);
  await page.getByRole('heading', { name: 'This is what would happen' }).waitFor();
};

accessible(open, [
  ['file', () => '/import?kind=company'],
  ['sheet', () => '/import?kind=company', reached(0)],
  ['columns', () => '/import?kind=company', reached(1)],
  ['questions', () => '/import?kind=company', reached(2)],
  ['match', () => '/import?kind=company', reached(3)],
  ['check', () => '/import?kind=company', reached(4)],
]);
