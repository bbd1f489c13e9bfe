import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, create, pages, read, row, toast } from './kit.mjs';
import { accessible } from './places.mjs';

const open = pages();
const dialog = (page) => page.getByRole('dialog');

async function field(values) {
  return (await api('POST', '/fields', { values: { kind: 'company', ...values } })).field;
}

test('a field is made by keyboard, filled in, filtered, renamed, hidden and shown again', async () => {
  const company = await create('company', { name: 'Falcon Ceramics' });
  await create('company', { name: 'Osprey Wines' });
  const page = await open('/settings?tab=fields');
  await page.getByText('No fields of your own for Companies yet').waitFor();
  await page.keyboard.press('c');
  await dialog(page).getByLabel('Name').fill('Sales channel');
  await dialog(page).getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'Choice', exact: true }).click();
  await dialog(page).getByLabel('Option 1', { exact: true }).fill('Trade fair');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Website');
  await page.keyboard.press('Control+Enter');
  await toast(page, 'Field “Sales channel” added.').waitFor();
  await page.getByText('Choice · Own fields').waitFor();

  // It stands on the record's page at once.
  await page.goto(page.url().replace(/#.*/, `#/company/${company.id}`));
  await page.getByRole('button', { name: 'Sales channel', exact: true }).click();
  await page.getByRole('option', { name: 'Trade fair' }).click();
  await toast(page, 'Falcon Ceramics: Sales channel').waitFor();
  assert.equal((await read('company', company.id))._sales_channel, 'Trade fair');

  // And in lists and filters.
  const where = encodeURIComponent('_sales_channel = "trade fair"');
  await page.goto(page.url().replace(/#.*/, `#/company?where=${where}&columns=name,_sales_channel`));
  await row(page, 'Falcon Ceramics').getByText('Trade fair').waitFor();
  assert.equal(await row(page, 'Osprey Wines').count(), 0);
  await page.getByRole('columnheader', { name: 'Sales channel' }).waitFor();

  // An option is called something else: the records follow, and the undo too.
  await page.goto(page.url().replace(/#.*/, '#/settings?tab=fields'));
  await page.getByRole('button', { name: /^Sales channel/ }).click();
  await dialog(page).getByText('In filters it is called _sales_channel.').waitFor();
  await dialog(page).getByLabel('Option 1', { exact: true }).fill('Fair');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await toast(page, 'Field “Sales channel” changed.').waitFor();
  assert.equal((await read('company', company.id))._sales_channel, 'Fair');
  await toast(page, 'Field “Sales channel” changed.').getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'undone').waitFor();
  assert.equal((await read('company', company.id))._sales_channel, 'Trade fair');

  // Hidden it is gone from the page, and keeps its values.
  await page.getByRole('button', { name: 'More for Sales channel' }).click();
  await page.getByRole('menuitem', { name: 'Hide' }).click();
  await toast(page, 'hidden. Its values are kept.').waitFor();
  await page.goto(page.url().replace(/#.*/, `#/company/${company.id}`));
  await page.getByRole('heading', { name: 'Falcon Ceramics' }).first().waitFor();
  const card = page.getByRole('region', { name: 'Falcon Ceramics' });
  await card.getByText('Sales channel', { exact: true }).waitFor({ state: 'detached' });
  await page.goto(page.url().replace(/#.*/, '#/settings?tab=fields'));
  await page.getByText('1 hidden field').click();
  await page.getByRole('button', { name: 'More for Sales channel' }).click();
  await page.getByRole('menuitem', { name: 'Show again' }).click();
  await toast(page, 'is shown again').waitFor();
  assert.equal((await read('company', company.id))._sales_channel, 'Trade fair');
  assert.deepEqual(page.faults, []);
});

test('what is wrong is told beside the input', async () => {
  const page = await open('/settings?tab=fields');
  await page.getByRole('button', { name: 'New field' }).first().click();
  await dialog(page).getByLabel('Name').fill('City');
  await dialog(page).getByRole('button', { name: 'Add field' }).click();
  await dialog(page).getByText('There is a field “City” already.').waitFor();
  await dialog(page).getByLabel('Name').fill('Kinds of wood');
  await dialog(page).getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'Several choices' }).click();
  await dialog(page).getByRole('button', { name: 'Add field' }).click();
  await dialog(page).getByText('Give the field at least one option.').waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
});

test('a conversion says first what it would do', async () => {
  const machines = await field({ label: 'Machines', type: 'text' });
  const twelve = await create('company', { name: 'Twelve machines', _machines: '12' });
  await create('company', { name: 'Dozen machines', _machines: 'a dozen' });
  const page = await open('/settings?tab=fields');
  await page.getByRole('button', { name: 'More for Machines' }).click();
  await page.getByRole('menuitem', { name: 'Convert to another type…' }).click();
  await dialog(page).getByRole('combobox', { name: 'New type' }).click();
  await page.getByRole('option', { name: 'Number', exact: true }).click();
  await dialog(page).getByRole('button', { name: 'See what would happen' }).click();
  await dialog(page).getByText('1 value fits the new type.').waitFor();
  await dialog(page).getByText('a dozen').waitFor();
  assert.equal((await read('company', twelve.id))._machines, '12');
  await dialog(page).getByRole('button', { name: 'Convert', exact: true }).click();
  await toast(page, 'Field “Machines” converted with 1 value.').waitFor();
  const kinds = (await api('GET', '/kinds')).kinds;
  assert.equal(kinds.find((k) => k.name === 'company').fields.find((f) => f.key === machines.key).type, 'number');
});

test('several choices are picked together on the page and in the create dialog', async () => {
  await field({
    label: 'Product lines',
    type: 'choices',
    options: ['Wood', 'Steel', 'Paint'],
    required: true,
    help: 'What they buy.',
  });
  const page = await open('/company');
  await page.getByRole('button', { name: 'New company' }).first().click();
  await dialog(page).getByLabel('Name', { exact: true }).fill('Juniper Tools');
  await dialog(page).getByText('What they buy.').waitFor();
  await page.keyboard.press('Control+Enter');
  await dialog(page).getByText('Fill in Product lines.').waitFor();
  await dialog(page).getByRole('combobox', { name: 'Product lines' }).click();
  await page.getByRole('option', { name: 'Wood' }).click();
  await page.getByRole('option', { name: 'Paint' }).click();
  await page.keyboard.press('Escape');
  await dialog(page)
    .getByRole('button', { name: /Create|Add/ })
    .click();
  await page.getByRole('heading', { name: 'Juniper Tools' }).first().waitFor();
  await page.getByText('Wood', { exact: true }).first().waitFor();
  const id = page.url().split('/').pop();
  assert.deepEqual((await read('company', id))._product_lines, [{ value: 'Wood' }, { value: 'Paint' }]);
  assert.deepEqual(page.faults, []);
});

accessible(open, [
  ['fields', () => '/settings?tab=fields'],
  [
    'field dialog',
    () => '/settings?tab=fields',
    async (page) => {
      await page.getByRole('button', { name: 'New field' }).first().click();
      await dialog(page).getByRole('combobox', { name: 'Type' }).click();
      await page.getByRole('option', { name: 'Choice', exact: true }).click();
      await dialog(page).getByLabel('Option 1', { exact: true }).waitFor();
    },
  ],
]);
