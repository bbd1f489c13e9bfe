import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, create, pages, read, row, toast } from './kit.mjs';
import { accessible } from './places.mjs';

const open = pages();
const made = [];
let saved;
const places = [
  ['Leeds', 'GB'],
  ['Cork', 'IE'],
  ['Ulm', 'DE'],
];

before(async () => {
  for (let i = 0; i < 24; i += 1) {
    const [city, country] = places[i % 3];
    made.push(
      await create('company', {
        name: `Grouped ${String(i).padStart(2, '0')} Ltd`,
        city: i < 21 ? city : null,
        country: i < 21 ? country : null,
        revenue: '100.10',
        customerSince: i % 2 === 0 ? '2025-03-01' : '2026-01-31',
        tags: i < 4 ? ['VIP', 'Trade fair'] : i < 6 ? ['Vipp'] : [],
      }),
    );
  }
  await create('person', { name: 'Grouped Ada', roles: [{ company: made[0].id, role: 'Buyer' }] });
  const state = `where=${encodeURIComponent('city = "Leeds"')}`;
  saved = (await api('POST', '/views', { kind: 'company', name: 'Leeds only', state })).view;
});

const list = (where, more = '') => `/company?q=grouped&where=${encodeURIComponent(where)}${more}`;
const foot = (page, text) => page.locator('footer').getByText(text).waitFor();
const bar = (page) => page.getByRole('group', { name: 'Filter', exact: true });
const asText = async (page) => {
  await bar(page).getByRole('button', { name: 'As text' }).click();
  const text = await page.getByRole('textbox', { name: 'Filter as text' }).inputValue();
  await page.keyboard.press('Escape');
  return text;
};
/** In the form that is open: a field by typing, and a text to compare with. */
const fill = async (page, words, field, value) => {
  await page.getByRole('combobox', { name: 'Field' }).fill(words);
  await page.getByRole('option', { name: field, exact: true }).click();
  await page.getByRole('textbox', { name: 'Value' }).fill(value);
  await page.getByRole('button', { name: 'Add filter' }).click();
};

test('conditions become groups: an alternative, none of, added to, taken apart', async () => {
  const page = await open(list('country = "GB" and revenue > 1'));
  await foot(page, '7 companies');
  await page.getByRole('button', { name: 'Country is one of United Kingdom' }).click();
  await page.getByRole('button', { name: 'Or else…' }).click();
  await fill(page, 'city', 'City', 'Cork');
  const group = page.getByRole('group', { name: 'Any of these fits' });
  await group.getByRole('button', { name: 'City contains Cork' }).waitFor();
  await foot(page, '14 companies');
  assert.equal(await asText(page), '(country = "GB" or city ~ "Cork") and revenue > 1');

  await group.getByRole('button', { name: 'Add to this group' }).click();
  await fill(page, 'name', 'Name', 'Grouped 2');
  await foot(page, '18 companies');
  await group.getByRole('button', { name: 'any of' }).click();
  await page.getByRole('menuitem', { name: 'None of these fit' }).click();
  await foot(page, '6 companies');
  await page.getByRole('button', { name: 'none of' }).click();
  await page.getByRole('menuitem', { name: 'Take the brackets away' }).click();
  await page.getByRole('button', { name: 'not City contains Cork' }).waitFor();
  assert.equal(
    await asText(page),
    'not country = "GB" and not city ~ "Cork" and not name ~ "Grouped 2" and revenue > 1',
  );
  await page.getByRole('button', { name: 'not City contains Cork' }).click();
  await page.getByRole('button', { name: 'Group with the next one' }).click();
  await page.getByRole('group', { name: 'Any of these fits' }).waitFor();
  assert.equal(
    await asText(page),
    'not country = "GB" and (not city ~ "Cork" or not name ~ "Grouped 2") and revenue > 1',
  );
  assert.deepEqual(page.faults, []);
});

test('chips by keyboard: arrows move, Enter opens, Delete removes', async () => {
  const page = await open(list('(city = "Leeds" or city = "Cork") and not number = "x"'));
  await foot(page, '14 companies');
  await page.getByRole('button', { name: 'all of' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Comparison' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await foot(page, '7 companies');
  assert.equal(await asText(page), 'city = "Cork" and not number = "x"');
  assert.deepEqual(page.faults, []);
});

test('fields of linked records, days seen from today, and me', async () => {
  const page = await open('/person?q=grouped');
  await page.locator('[data-filter-add]').click();
  await fill(page, 'comp ci', 'Company › City', 'leeds');
  await page.getByRole('button', { name: 'Company › City contains leeds' }).waitFor();
  await foot(page, '1 person');
  await page.locator('[data-filter-add]').click();
  await page.getByRole('combobox', { name: 'Field' }).fill('created');
  await page.getByRole('option', { name: 'Created', exact: true }).click();
  await page.getByRole('combobox', { name: 'Comparison' }).click();
  await page.getByRole('option', { name: 'from', exact: true }).click();
  await page.getByRole('combobox', { name: 'When' }).click();
  await page.getByRole('option', { name: 'before today' }).click();
  await page.getByRole('textbox', { name: 'How many' }).fill('2');
  await page.getByRole('combobox', { name: 'Unit' }).click();
  await page.getByRole('option', { name: 'weeks' }).click();
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('button', { name: 'Created from 2 weeks ago' }).waitFor();
  assert.equal(await asText(page), 'company.city ~ "leeds" and createdAt >= today-2w');

  await page.goto(`${process.env.KONTOR_URL}/#/company?q=grouped`);
  await page.locator('[data-filter-add]').click();
  await page.getByRole('combobox', { name: 'Field' }).fill('looked');
  await page.getByRole('option', { name: 'Looked after by', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Me, whoever is looking' }).check();
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('button', { name: 'Looked after by is me' }).waitFor();
  await page.getByText('Nothing matches').waitFor();
  assert.deepEqual(page.faults, []);
});

test('rows in groups: counts and sums, folding by mouse and keys, in the address and in a view', async () => {
  const page = await open('/company?q=grouped&columns=number,revenue');
  await page.getByRole('button', { name: 'Group', exact: true }).click();
  await page.getByRole('menuitem', { name: 'City' }).click();
  const grid = page.getByRole('treegrid');
  const head = (name) => grid.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
  await head('Cork').getByText('€700.70').waitFor();
  await row(page, 'Grouped 01 Ltd').waitFor();
  await foot(page, '24 companies');
  await page.waitForURL(/group=city/);
  assert.deepEqual(await grid.locator('[data-head] strong').allTextContents(), ['Cork', 'Leeds', 'Ulm', 'Empty']);

  await head('Cork').click();
  await row(page, 'Grouped 01 Ltd').waitFor({ state: 'detached' });
  assert.equal(await head('Cork').getAttribute('aria-expanded'), 'false');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await row(page, 'Grouped 00 Ltd').getAttribute('data-active'), 'true');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await head('Leeds').getAttribute('aria-expanded'), 'false');
  await page.keyboard.press('Enter');
  await row(page, 'Grouped 00 Ltd').waitFor();

  await page.getByRole('button', { name: 'By City' }).click();
  await page.getByRole('menuitem', { name: 'Fold all' }).click();
  await row(page, 'Grouped 00 Ltd').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'By City' }).click();
  await page.getByRole('menuitem', { name: 'By value, the last first' }).click();
  await grid.locator('[data-head] strong').first().getByText('Ulm').waitFor();
  await page.getByRole('button', { name: 'By City' }).click();
  await page.getByRole('menuitem', { name: 'Customer since, by month' }).click();
  await head('January 2026').waitFor();
  await head('March 2025').getByText('12', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('By month');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'By month' }).waitFor();
  const view = (await api('GET', '/views?kind=company')).views.find((v) => v.name === 'By month');
  assert.match(view.state, /group=customerSince%3Amonth&groupSort=-value/);
  await page.goto(`${process.env.KONTOR_URL}/#/company?view=${view.id}`);
  await page.reload();
  await head('January 2026').waitFor();
  assert.deepEqual(page.faults, []);
});

test('in groups a record opens, is edited, selected and copied as in any list', async () => {
  const page = await open('/company?q=grouped&columns=number&group=tag&groupSort=-count');
  await page.getByText('A record with several values stands in each of their groups.').waitFor();
  const first = row(page, 'Grouped 02 Ltd').first();
  await first.waitFor();
  await first.locator('[data-col="1"]').dblclick();
  await page.locator('[data-editor] input').fill('G-2');
  await page.keyboard.press('Enter');
  await toast(page, 'Number changed').waitFor();
  assert.equal((await read('company', made[2].id)).number, 'G-2');
  await page.keyboard.press('x');
  await page.getByRole('toolbar', { name: 'Selected rows' }).getByText('1 selected').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('toolbar', { name: 'Selected rows' }).waitFor({ state: 'detached' });
  await page.keyboard.press(' ');
  await page.waitForURL(/open=/);
  assert.deepEqual(page.faults, []);
});

test('editing in a cell: Esc leaves it, a fault stands beside it, Tab goes on, Undo takes it back', async () => {
  const page = await open('/company?q=grouped&columns=number,email,revenue');
  const cell = (col) => row(page, 'Grouped 05 Ltd').locator(`[data-col="${col}"]`);
  const input = page.locator('[data-editor] input');
  await cell(2).dblclick();
  await input.fill('no mail');
  await page.keyboard.press('Escape');
  await input.waitFor({ state: 'detached' });
  assert.equal((await read('company', made[5].id)).email, null);
  await cell(2).dblclick();
  await input.fill('no mail');
  await page.keyboard.press('Enter');
  await page.locator('[data-editor]').getByRole('alert').waitFor();
  await input.fill('five@grouped.example');
  await page.keyboard.press('Tab');
  await toast(page, 'E-mail changed').waitFor();
  assert.equal((await read('company', made[5].id)).email, 'five@grouped.example');
  await input.fill('2*3,5');
  await page.keyboard.press('Enter');
  await toast(page, 'Revenue changed').waitFor();
  assert.equal((await read('company', made[5].id)).revenue, '7.00');
  await toast(page, 'Revenue changed').getByRole('button', { name: 'Undo' }).click();
  await toast(page, 'undone').waitFor();
  assert.equal((await read('company', made[5].id)).revenue, '100.10');
  assert.deepEqual(page.faults, []);
});

test('a click on a sum copies it as a plain number', async () => {
  const page = await open('/company?q=grouped&columns=revenue');
  await page.locator('footer').getByRole('button', { name: '€2,402.40' }).click();
  await toast(page, '2402.40 copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '2402.40');
});

test('a view whose filter was cleared stays cleared after a reload, and comes back by its tab', async () => {
  const page = await open(`/company?view=${saved.id}`);
  await page.getByRole('button', { name: 'City is Leeds' }).waitFor();
  await page.getByRole('button', { name: 'Clear filter' }).click();
  await page.getByRole('img', { name: 'differs from the saved view' }).waitFor();
  await page.waitForURL(/cleared=1/);
  await page.reload();
  await page.getByRole('img', { name: 'differs from the saved view' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'City is Leeds' }).count(), 0);
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'City is Leeds' }).waitFor();
  await page.waitForURL((url) => !url.href.includes('cleared'));
  // An address of the open view that names nothing else is no cleared one.
  await page.goto(page.url().replace(/#.*/, `#/company?view=${saved.id}`));
  await page.waitForURL(/where=/);
  await page.getByRole('button', { name: 'City is Leeds' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('a filter on a field that is gone says so and lets it be taken out', async () => {
  const page = await open(list('branch = "x" and city = "Leeds"', '&sort=branch&group=branch'));
  await page.getByRole('heading', { name: 'The field “Branch” is no longer there' }).waitFor();
  await page.getByRole('button', { name: 'Take the condition out' }).click();
  await foot(page, '7 companies');
  await page.getByRole('button', { name: 'City is Leeds' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('tags: renamed, merged, deleted and brought back', async () => {
  const page = await open('/company');
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('menuitem', { name: 'Tags' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tags' }).waitFor();
  const line = (tag) => page.getByRole('row', { name: new RegExp(`^${tag}\\b`) });
  const act = async (tag, what) => {
    await page.getByRole('button', { name: `More for the tag ${tag}`, exact: true }).click();
    await page.getByRole('menuitem', { name: what }).click();
    return page.getByRole('dialog');
  };
  await line('VIP').getByRole('link', { name: '4 companies with the tag VIP' }).waitFor();

  let dialog = await act('Trade fair', 'Rename…');
  await dialog.getByLabel('New name').fill('Fair 2026');
  await dialog.getByText('4 records get the tag “Fair 2026”.').waitFor();
  await page.keyboard.press('Enter');
  await toast(page, 'is now “Fair 2026” on 4 records').waitFor();
  await line('Fair 2026').waitFor();

  dialog = await act('Vipp', 'Merge…');
  await dialog.getByLabel('Into which tag?').fill('VIP');
  await page.getByRole('option', { name: 'VIP', exact: true }).click();
  await dialog.getByText('exists and has 4 records').waitFor();
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await line('VIP').getByRole('link', { name: '6 companies with the tag VIP' }).waitFor();

  dialog = await act('VIP', 'Delete…');
  await dialog.getByText('6 records lose it.').waitFor();
  await dialog.getByRole('button', { name: 'Delete tag' }).click();
  await toast(page, 'taken off 6 records').waitFor();
  await line('VIP').waitFor({ state: 'detached' });
  await toast(page, 'taken off 6 records').getByRole('button', { name: 'Undo' }).click();
  await line('VIP').getByRole('link', { name: '6 companies with the tag VIP' }).waitFor();
  assert.deepEqual(page.faults, []);
});

accessible(open, [
  [
    'rows in groups below a filter of groups',
    () =>
      list(
        '(country in ("GB", "IE") or not (city is empty or tag = "x")) and createdAt >= today-1m',
        '&group=city&columns=revenue,tags',
      ),
    (page) => page.getByRole('treegrid').waitFor(),
  ],
  ['tags', () => '/tags', (page) => page.getByRole('table').waitFor(), [1024, 700]],
]);
