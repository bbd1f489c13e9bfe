import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, create, pages, read, row, toast } from './kit.mjs';
import { accessible } from './places.mjs';

const open = pages();
const made = [];
let leeds;

before(async () => {
  for (let i = 0; i < 30; i += 1) {
    made.push(
      await create('company', {
        name: `Listed ${String(i).padStart(2, '0')} Ltd`,
        number: `L-${i}`,
        city: i % 3 === 0 ? 'Cork' : 'Leeds',
        revenue: '100.10',
        revenueCurrency: i % 10 === 0 ? 'GBP' : 'EUR',
        tags: i < 2 ? ['VIP'] : [],
      }),
    );
  }
  leeds = (await api('POST', '/views', { kind: 'company', name: 'In Leeds', state: 'where=city+%3D+%22Leeds%22' }))
    .view;
});

const count = async (where) => (await api('GET', `/records/company/count?where=${encodeURIComponent(where)}`)).count;
const bar = (page) => page.getByRole('toolbar', { name: 'Selected rows' });
const selectAll = async (page) => {
  await page.locator('[role=grid] [data-row]').first().waitFor();
  await page.getByRole('button', { name: 'Select all rows' }).click();
};

test('all that a filter finds is changed, with counts before and undo after', async () => {
  const page = await open('/company?where=city%20%3D%20%22Leeds%22&q=listed');
  await selectAll(page);
  await bar(page).getByText('20 selected').waitFor();
  await page.locator('[data-row="0"] [data-check]').click();
  await bar(page).getByText('19 selected').waitFor();
  await bar(page).getByRole('button', { name: 'Change…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change 19 companies' });
  await dialog.getByRole('combobox', { name: 'Field' }).fill('Reg');
  await page.getByRole('option', { name: 'Region' }).click();
  await dialog.getByLabel('Region for all of them').fill('Yorkshire');
  await dialog.getByText('19 records will change.').waitFor();
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await toast(page, '19 records changed').waitFor();
  assert.equal(await count('region = "Yorkshire"'), 19);
  await toast(page, '19 records changed').getByRole('button', { name: 'Undo' }).click();
  await toast(page, '19 changes undone').waitFor();
  assert.equal(await count('region = "Yorkshire"'), 0);
  assert.deepEqual(page.faults, []);
});

test('what the rules refuse is named and left alone', async () => {
  const page = await open('/company?q=listed');
  await selectAll(page);
  await bar(page).getByRole('button', { name: 'Change…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Field' }).fill('Numb');
  await page.getByRole('option', { name: 'Number', exact: true }).click();
  await dialog.getByLabel('Number for all of them').fill('L-3');
  await dialog.getByText('29 are left alone').waitFor();
  await dialog.getByText('Listed 00 Ltd').first().waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Change', exact: true }).isDisabled(), true);
  await page.keyboard.press('Escape');
  assert.deepEqual(page.faults, []);
});

test('tags: on a record by keyboard, in a column, as a filter, in bulk', async () => {
  const page = await open(`/company/${made[5].id}`);
  await page.getByRole('button', { name: 'Tags', exact: true }).click();
  const input = page.getByRole('combobox', { name: 'Tags' });
  await input.pressSequentially('vi');
  await page.getByRole('option', { name: 'VIP' }).waitFor();
  await input.pressSequentially('p');
  await input.press('Enter');
  await input.pressSequentially('Trade fair');
  await input.press('Enter');
  await input.press('Control+Enter');
  await toast(page, 'Tags changed').waitFor();
  assert.deepEqual(
    (await read('company', made[5].id)).tags.map((t) => t.value),
    ['VIP', 'Trade fair'],
  );
  await page.getByRole('link', { name: 'Trade fair' }).click();
  await row(page, 'Listed 05 Ltd').waitFor();
  await page.getByRole('button', { name: 'Tag is one of Trade fair' }).waitFor();

  await page.goto(`${process.env.KONTOR_URL}/#/company?columns=tags&q=listed`);
  await row(page, 'Listed 00 Ltd').getByText('VIP').waitFor();
  await page.locator('[data-filter-add]').click();
  await page.getByRole('option', { name: 'Tag', exact: true }).click();
  await page.getByRole('combobox', { name: 'Value' }).fill('VIP');
  await page.getByRole('combobox', { name: 'Value' }).press('Enter');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.locator('footer').getByText('3 companies').waitFor();

  await selectAll(page);
  await bar(page).getByRole('button', { name: 'Tag…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tag 3 companies' });
  await dialog.getByLabel('Add tags').fill('Key account');
  await dialog.getByLabel('Add tags').press('Enter');
  await dialog.getByText('3 records will change.').waitFor();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await toast(page, '3 records changed').waitFor();
  assert.equal(await count('tag = "key account" and tag = "vip"'), 3);
  assert.deepEqual(page.faults, []);
});

test('chips turn round and take several values, and come back from text', async () => {
  const page = await open('/company?q=listed&where=not%20city%20in%20(%22Cork%22%2C%20%22York%22)');
  await page.getByRole('button', { name: 'not City is one of Cork, York' }).click();
  await page.getByLabel('Turn round').uncheck();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'City is one of Cork, York', exact: true }).waitFor();
  await page.locator('footer').getByText('10 companies').waitFor();
  await page.getByRole('button', { name: 'As text' }).click();
  const text = page.getByRole('textbox', { name: 'Filter as text' });
  assert.equal(await text.inputValue(), 'city in ("Cork", "York")');
  await text.fill('not city = "Cork" and number is not empty');
  await text.press('Enter');
  await page.getByRole('button', { name: 'not City' }).waitFor();
  await page.locator('footer').getByText('20 companies').waitFor();
  assert.deepEqual(page.faults, []);
});

test('the foot adds amounts up, each currency by itself', async () => {
  const page = await open('/company?q=listed');
  await page.locator('footer').getByText('2,702.70').waitFor();
  await page.locator('footer').getByText('300.30').waitFor();
});

test('a view is saved, differs, is saved again, renamed, deleted and brought back', async () => {
  const page = await open('/company?where=city%20%3D%20%22Cork%22');
  await page.getByRole('button', { name: 'Save view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save view' });
  await dialog.getByLabel('Name').fill('In Cork');
  await page.keyboard.press('Enter');
  const tabs = page.getByRole('navigation', { name: 'Views' });
  await tabs.getByRole('link', { name: 'In Cork' }).waitFor();
  await page.waitForURL(/view=/);
  await page.getByRole('columnheader', { name: 'Number' }).getByRole('button').click();
  await page.getByRole('img', { name: 'differs from the saved view' }).waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('img', { name: 'differs from the saved view' }).waitFor({ state: 'detached' });
  await page.getByRole('columnheader', { name: 'Number' }).getByRole('button').click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await toast(page, 'View “In Cork” changed').waitFor();

  await page.getByRole('button', { name: 'More for the view In Cork' }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Cork by number');
  await page.keyboard.press('Enter');
  await tabs.getByRole('link', { name: 'Cork by number' }).waitFor();
  await tabs.getByRole('link', { name: 'All' }).click();
  await page.getByRole('button', { name: 'Save view' }).waitFor({ state: 'detached' });

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('cork by');
  await page.getByRole('option', { name: 'Companies: Cork by number' }).click();
  await page.getByRole('button', { name: 'City is Cork' }).waitFor();
  await page.getByRole('button', { name: 'More for the view Cork by number' }).click();
  await page.getByRole('menuitem', { name: 'Delete view' }).click();
  await toast(page, 'deleted').getByRole('button', { name: 'Undo' }).click();
  await tabs.getByRole('link', { name: 'Cork by number' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('an address with only a view shows it, and one with a deleted view says so', async () => {
  const page = await open(`/company?view=${leeds.id}`);
  await page.getByRole('button', { name: 'City is Leeds' }).waitFor();
  const gone = (await api('POST', '/views', { kind: 'company', name: 'Old', state: '' })).view;
  await api('DELETE', `/views/${gone.id}`);
  await page.goto(`${process.env.KONTOR_URL}/#/company?view=${gone.id}`);
  await page.getByText('The view “Old” has been deleted.').waitFor();
  await page.getByRole('button', { name: 'Go on without it' }).click();
  await page.getByText('The view “Old” has been deleted.').waitFor({ state: 'detached' });
  assert.deepEqual(page.faults, []);
});

accessible(open, [
  [
    'a view that differs, rows selected',
    () => `/company?view=${leeds.id}&where=city%20%3D%20%22Cork%22&columns=tags,revenue`,
    selectAll,
    [1024, 700],
  ],
  [
    'bulk change',
    () => '/company?q=listed',
    async (page) => {
      await selectAll(page);
      await bar(page).getByRole('button', { name: 'Tag…' }).click();
      await page.getByRole('dialog').getByLabel('Add tags').waitFor();
    },
    [1440, 900],
  ],
]);
