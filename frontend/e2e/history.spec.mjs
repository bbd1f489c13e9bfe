import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, create, pages, read, row, toast } from './kit.mjs';
import { accessible } from './places.mjs';

const open = pages();
const list = (page) => page.locator('#page');
const change = async (kind, id, values) => {
  const { version } = await read(kind, id);
  return api('PATCH', `/records/${kind}/${id}`, { version, values });
};
/** A bulk change: one batch. */
const many = (kind, ids, edit) => api('POST', `/records/${kind}/many`, { ids, ...edit });

const bulk = [];
for (const n of [1, 2, 3, 4, 5]) bulk.push((await create('company', { name: `Batch ${n} Ltd`, number: `B-${n}` })).id);
const edited = await many('company', bulk, { set: { vat: 'DE-BATCH' } });
const lone = await create('company', { name: 'Lone Traders', number: 'L-1', vat: 'DE1' });
await change('company', lone.id, { number: 'L-2' });
const person = await create('person', { name: 'Mara Stein', emails: [{ type: 'work', value: 'mara@stein.example' }] });

test('a batch is one entry with its count, unfolds, and is undone with a preview', async () => {
  await change('company', bulk[4], { vat: 'DE-LATER' });
  const page = await open('/history');
  const entry = page.getByRole('article').filter({ hasText: 'changed 5 companies' });
  await entry.waitFor();
  assert.equal(await entry.count(), 1);
  await entry.getByText('and 2 others').waitFor();
  await entry.getByRole('button', { name: 'Show the changes' }).click();
  await entry.getByRole('article').nth(4).waitFor();
  assert.equal(await entry.getByText('DE-BATCH').count(), 5);
  await entry.getByRole('button', { name: 'Hide the changes' }).click();

  await entry.getByRole('link', { name: 'Show all saved together' }).click();
  await page.getByRole('region', { name: 'Saved together' }).waitFor();
  await page.waitForURL(new RegExp(`batch=${edited.batch}`));
  await page.getByRole('button', { name: 'Undo all 5' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('4 companies get their earlier values back').waitFor();
  await dialog.getByText('1 stays as it is:').waitFor();
  await dialog.getByText('Ines Okafor has changed it since to “DE-LATER”').waitFor();
  await dialog.getByRole('button', { name: 'Undo 4 changes' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await read('company', bulk[0])).vat, null);
  assert.equal((await read('company', bulk[4])).vat, 'DE-LATER');
  await toast(page, '4 changes undone').getByRole('button', { name: 'Undo' }).click();
  await toast(page, '4 changes undone').first().waitFor();
  await page.waitForFunction(() => true);
  assert.deepEqual(page.faults, []);
});

test('the history is narrowed by record, what, field and day, and the address keeps it', async () => {
  const page = await open(`/company/${lone.id}`);
  await page.getByRole('heading', { level: 1, name: 'Lone Traders' }).waitFor();
  await page.getByRole('button', { name: 'More for this record' }).click();
  await page.getByRole('menuitem', { name: 'All changes' }).click();
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  const entries = list(page).getByRole('article');
  await page.waitForFunction(() => document.querySelectorAll('#page article').length === 2);
  assert.equal(await page.getByLabel('Of which record').inputValue(), 'Lone Traders');

  await page.getByRole('combobox', { name: 'What was done' }).click();
  await page.getByRole('option', { name: 'Changed', exact: true }).click();
  await page.waitForFunction(() => document.querySelectorAll('#page article').length === 1);
  await entries.getByText('L-1').waitFor();
  await page.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'VAT number' }).click();
  await page.getByRole('heading', { name: 'No changes match' }).waitFor();
  await page.waitForURL(/record=.*op=update.*field=vat/);
  await page.getByRole('button', { name: 'Clear filter' }).last().click();
  await entries.nth(3).waitFor();

  await page.getByLabel('To day').fill('2020-01-01');
  await page.getByLabel('To day').press('Enter');
  await page.getByRole('heading', { name: 'No changes match' }).waitFor();
  await page.getByLabel('From day').fill('2019-12-01');
  await page.getByLabel('From day').press('Enter');
  await page.reload();
  await page.getByRole('heading', { name: 'No changes match' }).waitFor();
  await page.waitForURL(/until=2020-01-01/);
  await page.waitForURL(/since=2019-12-01/);
  await page.getByRole('button', { name: 'Clear filter' }).last().click();

  await page.getByLabel('Of which record').fill('Mara');
  await page.getByRole('option', { name: /Mara Stein/ }).click();
  await page.waitForFunction(() => document.querySelectorAll('#page article').length === 1);
  await entries.getByRole('link', { name: 'Mara Stein' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('a single change says what comes back before it is undone', async () => {
  const company = await create('company', { name: 'Turning Back', revenue: '10', revenueCurrency: 'USD' });
  await change('company', company.id, { revenue: '20' });
  const page = await open(`/history?record=${company.id}&kind=company&op=update`);
  await page.getByRole('article').getByRole('button', { name: 'Undo', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 company gets its earlier values back').waitFor();
  // An amount is in the currency of its record, though that did not change.
  assert.match(await dialog.locator('dl').textContent(), /20\.00\sUSD\s*→\s*10\.00\sUSD|\$20\.00\s*→\s*\$10\.00/);
  await dialog.getByRole('button', { name: 'Undo 1 change' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await read('company', company.id)).revenue, '10.00');
});

test('two windows change the same field: the second chooses, and is asked again when it is stale again', async () => {
  const company = await create('company', { name: 'Two Doors', number: 'D-0', city: 'Leeds' });
  const first = await open(`/company/${company.id}`);
  const second = await open(`/company/${company.id}`);
  const edit = async (page, value) => {
    await page.getByText('D-0', { exact: true }).first().hover();
    await page.getByRole('button', { name: 'Change Number' }).click();
    await page.getByRole('textbox', { name: 'Number' }).fill(value);
  };
  await edit(second, 'D-second');
  await edit(first, 'D-first');
  await first.keyboard.press('Enter');
  await toast(first, 'Number changed').waitFor();
  await change('company', company.id, { vat: 'DE77' });
  await second.getByRole('textbox', { name: 'Number' }).press('Enter');
  const dialog = second.getByRole('dialog', { name: 'Somebody saved in between' });
  const number = dialog.getByRole('group', { name: 'Number' });
  await number.getByText('It was: D-0').waitFor();
  await dialog.getByText('Last saved by Ines Okafor').waitFor();
  await dialog.getByText('DE77').waitFor(); // merged, and shown
  await number.getByRole('radio', { name: /What is stored now/ }).waitFor();

  // While it is asked, somebody saves the same field once more.
  await change('company', company.id, { number: 'D-third' });
  await second.keyboard.press('Control+Enter');
  await number.getByText('D-third').waitFor();
  await number.getByText('It was: D-first').waitFor();
  await dialog.getByText('It was saved once more while you chose').waitFor();
  await second.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await second.getByRole('textbox', { name: 'Number' }).inputValue(), 'D-second'); // nothing typed is lost
  await second.getByRole('textbox', { name: 'Number' }).press('Enter');
  await number.getByText('D-third').waitFor();
  await second.keyboard.press('Control+Enter');
  await toast(second, 'Number changed').waitFor();
  const now = await read('company', company.id);
  assert.deepEqual([now.number, now.vat, now.city], ['D-second', 'DE77', 'Leeds']);
  assert.deepEqual([first.faults, second.faults], [[], []]);
});

test('theirs is taken by keyboard, from a list cell', async () => {
  const company = await create('company', { name: 'Cell Contest', city: 'Leeds' });
  const page = await open('/company?q=Cell%20Contest');
  await row(page, 'Cell Contest').getByText('Leeds').dblclick();
  const editor = page.locator('[data-editor] input').first();
  await editor.fill('York');
  await change('company', company.id, { city: 'Hull' });
  await editor.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Somebody saved in between' });
  await dialog.getByRole('radio', { name: /What you typed/ }).focus();
  await page.keyboard.press('ArrowDown');
  assert.ok(await dialog.getByRole('radio', { name: /What is stored now/ }).isChecked());
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await row(page, 'Cell Contest').getByText('Hull').waitFor();
  assert.equal((await read('company', company.id)).city, 'Hull');
  assert.deepEqual(page.faults, []);
});

test('rows of a list stand beside each other, and both sides can be kept', async () => {
  const company = await create('company', {
    name: 'Many Mails',
    emails: [{ type: 'work', value: 'old@many.example' }],
  });
  const page = await open(`/company/${company.id}`);
  await page.getByText('old@many.example').first().hover();
  await page.getByRole('button', { name: 'Change E-mails' }).click();
  await page.getByRole('button', { name: 'Add another to E-mails' }).click();
  await page.getByLabel('E-mails 2: E-mail').fill('mine@many.example');
  await change('company', company.id, {
    emails: [
      { type: 'work', value: 'old@many.example' },
      { type: 'other', value: 'theirs@many.example' },
    ],
  });
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'Somebody saved in between' });
  await dialog.getByRole('listitem').filter({ hasText: 'theirs@many.example' }).first().getByText('new').waitFor();
  await dialog.getByRole('radio', { name: /Both/ }).click();
  await dialog.getByRole('button', { name: 'Save this choice' }).click();
  await dialog.waitFor({ state: 'detached' });
  await toast(page, 'E-mails changed').waitFor();
  assert.deepEqual(
    (await read('company', company.id)).emails.map((e) => e.value),
    ['old@many.example', 'mine@many.example', 'theirs@many.example'],
  );
  assert.deepEqual(page.faults, []);
});

test('the bin is narrowed, gives many back with undo, and deletes for good after saying what stays', async () => {
  const kept = await create('company', { name: 'Still Needed' });
  await create('person', { name: 'Nina Needs', roles: [{ company: kept.id, role: 'Owner' }] });
  const gone = await create('company', { name: 'Long Gone', vat: 'SECRET-1' });
  const back = [];
  for (const n of [1, 2]) back.push(await create('product', { name: `Binned ${n}` }));
  const about = await create('note', { text: 'Gone with it', about: gone.id });
  for (const r of [kept, gone, about, ...back]) await api('DELETE', `/records/${r.kind}/${r.id}`);

  const page = await open('/bin');
  await page.getByRole('combobox', { name: 'What', exact: true }).click();
  await page.getByRole('option', { name: 'Products (2)' }).click();
  await page.getByText('2 records', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Restore all 2' }).click();
  await toast(page, '2 records are back').getByRole('button', { name: 'Undo' }).click();
  await page.getByText('2 records', { exact: true }).waitFor();
  assert.ok((await read('product', back[0].id)).deletedAt);

  await page.getByRole('button', { name: 'Clear filter' }).first().click();
  for (const name of ['Still Needed', 'Long Gone']) await page.getByLabel(`Choose ${name}`).check();
  await page.getByRole('button', { name: 'Delete 2 for good' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Note “Gone with it” in the bin still refers to Long Gone.').waitFor();
  await dialog.getByRole('checkbox', { name: '1 Note' }).check();
  await dialog.getByText('2 records will be deleted for good.').waitFor();
  await dialog.getByText('This cannot be undone.').waitFor();
  await dialog.getByText('Still Needed', { exact: true }).waitFor();
  await dialog.getByText('Person “Nina Needs” still refers to Still Needed').waitFor();
  await dialog.getByRole('button', { name: 'Delete 2 for good' }).click();
  await toast(page, '2 records deleted for good').waitFor();
  await page.getByRole('article').filter({ hasText: 'Long Gone' }).waitFor({ state: 'detached' });
  await assert.rejects(read('company', gone.id), /404/);

  await page.goto(page.url().replace(/#.*/, '#/history?op=purge'));
  const note = page.getByRole('article').first();
  await note.getByText('deleted for good').first().waitFor();
  const { changes } = await api('GET', `/records/company/${gone.id}/history`);
  assert.equal(changes[0].op, 'purge');
  assert.ok(!JSON.stringify(changes).includes('SECRET-1') && !JSON.stringify(changes).includes('Long Gone'));
  assert.deepEqual(page.faults, []);
});

test('how long the bin keeps is chosen there, and a record in it says its last day', async () => {
  const company = await create('company', { name: 'Waiting Room' });
  await api('DELETE', `/records/company/${company.id}`);
  const page = await open('/bin');
  const keep = page.getByRole('combobox', { name: 'Keep for' });
  assert.equal(await keep.inputValue(), '90 days');
  await keep.click();
  await page.getByRole('option', { name: '30 days' }).click();
  await toast(page, 'Settings saved').waitFor();
  assert.equal((await api('GET', '/settings')).values.bin, '30');
  await page.goto(page.url().replace(/#.*/, `#/company/${company.id}`));
  await page.getByText('Kontor deletes it for good on').waitFor();
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 1 for good' }).click();
  await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
  await assert.rejects(read('company', company.id), /404/);
  assert.deepEqual(page.faults, []);
});

/** Opens the question about a stale save. */
async function contest(page) {
  await page.getByText('mara@stein.example').first().hover();
  await page.getByRole('button', { name: 'Change E-mails' }).click();
  await page.getByLabel('E-mails 1: E-mail').fill(`mine${Math.random()}@stein.example`);
  await change('person', person.id, {
    emails: [{ type: 'work', value: 'mara@stein.example' }, { value: `theirs${Math.random()}@stein.example` }],
  });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog', { name: 'Somebody saved in between' }).waitFor();
}

accessible(open, [
  ['history', () => '/history', (page) => page.getByRole('article').first().waitFor()],
  ['batch', () => `/history?batch=${edited.batch}`, (page) => page.getByRole('article').nth(2).waitFor()],
  [
    'undo preview',
    () => `/history?batch=${edited.batch}`,
    async (page) => {
      await page.getByRole('article').first().getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('dialog').getByRole('button', { name: /Undo/ }).waitFor();
    },
    [1440, 900],
  ],
  ['stale save', () => `/person/${person.id}`, contest, [1440, 900]],
  ['bin', () => '/bin', (page) => page.getByRole('article').first().waitFor()],
  [
    'delete for good',
    () => '/bin',
    async (page) => {
      await page
        .getByRole('button', { name: /for good/ })
        .first()
        .click();
      await page.getByRole('dialog').getByText('This cannot be undone.').waitFor();
    },
    [1024, 700],
  ],
]);
