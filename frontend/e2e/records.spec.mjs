import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, create, pages, read, row, toast } from './kit.mjs';

const open = pages();

test('a company is created, found in the list and undone from the toast', async () => {
  const page = await open('/company');
  await page.getByRole('button', { name: 'New company' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Nordlicht Optik GmbH');
  await dialog.getByLabel('E-mail').fill('not an address');
  await page.keyboard.press('Control+Enter');
  await dialog.getByText('is not an e-mail address').waitFor();
  await dialog.getByLabel('E-mail').fill('info@nordlicht.example');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { level: 1, name: 'Nordlicht Optik GmbH' }).waitFor();
  await toast(page, 'Nordlicht Optik GmbH created').getByRole('button', { name: 'Undo' }).click();
  await page.getByText('In the bin since').waitFor();
  assert.deepEqual(page.faults, []);
});

test('a draft of a new record survives closing the dialog', async () => {
  const page = await open('/company');
  await page.getByRole('button', { name: 'New company' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Half typed');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
  await page.getByRole('button', { name: 'New company' }).first().click();
  assert.equal(await page.getByRole('dialog').getByLabel('Name').inputValue(), 'Half typed');
  await page.getByRole('button', { name: 'Start over' }).click();
  assert.equal(await page.getByRole('dialog').getByLabel('Name').inputValue(), '');
});

test('a cell is edited in the list, refused with words, saved and undone', async () => {
  const made = await create('company', { name: 'Cell Works', city: 'Leeds', email: 'a@cell.example' });
  const page = await open('/company?q=Cell%20Works');
  await row(page, 'Cell Works').getByText('Leeds').dblclick();
  const editor = page.locator('[data-editor] input, [data-editor] textarea').first();
  await editor.fill('York');
  await page.keyboard.press('Enter');
  await toast(page, 'City changed').waitFor();
  assert.equal((await read('company', made.id)).city, 'York');
  await toast(page, 'City changed').getByRole('button', { name: 'Undo' }).click();
  await row(page, 'Cell Works').getByText('Leeds').waitFor();
  assert.equal((await read('company', made.id)).city, 'Leeds');

  await page.keyboard.press('Escape');
  await row(page, 'Cell Works').getByText('a@cell.example').dblclick();
  await editor.fill('nonsense');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('is not an e-mail address').waitFor();
  await page.keyboard.press('Escape');
  await row(page, 'Cell Works').getByText('a@cell.example').waitFor();
  assert.deepEqual(page.faults, []);
});

test('a person gets a role at a company and both pages show it', async () => {
  const company = await create('company', { name: 'Summit Interiors Ltd' });
  const page = await open(`/company/${company.id}`);
  await page.getByRole('button', { name: 'New person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Elena Rossi');
  await dialog.getByLabel('Role').fill('Head of purchasing');
  await page.keyboard.press('Control+Enter');
  const link = page.getByRole('link', { name: 'Elena Rossi' });
  await link.waitFor();
  await link.click();
  await page.getByRole('heading', { level: 1, name: 'Elena Rossi' }).waitFor();
  await page.getByRole('link', { name: 'Summit Interiors Ltd' }).first().waitFor();
  await page.getByText('Head of purchasing').first().waitFor();
  assert.deepEqual(page.faults, []);
});

test('a note keeps its draft, stands in the timeline and can be changed', async () => {
  const company = await create('company', { name: 'Note Keepers' });
  const page = await open(`/company/${company.id}`);
  const box = page.getByLabel('Note about Note Keepers');
  await box.fill('Prefers mail over phone before 10:00.');
  await page.reload();
  await page.waitForFunction(() => document.querySelector('[data-composer]')?.value.startsWith('Prefers mail'));
  await box.press('Control+Enter');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByText('Prefers mail over phone before 10:00.').waitFor();
  assert.equal(await box.inputValue(), '');
  await timeline.getByRole('button', { name: 'More for this note' }).click();
  await page.getByRole('menuitem', { name: 'Change note' }).click();
  await timeline.getByRole('textbox', { name: 'Change note' }).fill('Prefers mail.');
  await timeline.getByRole('textbox', { name: 'Change note' }).press('Control+Enter');
  await timeline.getByText('Prefers mail.', { exact: true }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('lists of a record: a second e-mail is added and made the first', async () => {
  const company = await create('company', { name: 'Two Addresses', email: 'one@two.example' });
  const page = await open(`/company/${company.id}`);
  await page.getByText('one@two.example').first().hover();
  await page.getByRole('button', { name: 'Change E-mails' }).click();
  await page.getByRole('button', { name: 'Add another to E-mails' }).click();
  await page.getByLabel('E-mails 2: E-mail').fill('two@two.example');
  await page.getByRole('button', { name: 'Make row 2 the first' }).click();
  await page.keyboard.press('Control+Enter');
  await toast(page, 'E-mails changed').waitFor();
  assert.deepEqual(
    (await read('company', company.id)).emails.map((e) => e.value),
    ['two@two.example', 'one@two.example'],
  );
});

test('a stale save shows both versions and keeps what was typed', async () => {
  const company = await create('company', { name: 'Contested Ltd', number: 'C-1' });
  const page = await open(`/company/${company.id}`);
  await page.getByText('C-1', { exact: true }).hover();
  await page.getByRole('button', { name: 'Change Number' }).click();
  const input = page.getByRole('textbox', { name: 'Number' });
  await input.fill('C-mine');
  await api('PATCH', `/records/company/${company.id}`, { version: company.version, values: { number: 'C-theirs' } });
  await input.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Somebody saved in between' });
  await dialog.getByText('C-mine').waitFor();
  await dialog.getByText('C-theirs').waitFor();
  await dialog.getByRole('button', { name: 'Save this choice' }).click();
  await dialog.waitFor({ state: 'detached' });
  await toast(page, 'Number changed').waitFor();
  assert.equal((await read('company', company.id)).number, 'C-mine');

  // Another field saved meanwhile is merged without a question.
  await page.getByRole('button', { name: 'Change Number' }).click();
  await input.fill('C-again');
  const now = await read('company', company.id);
  await api('PATCH', `/records/company/${company.id}`, { version: now.version, values: { vat: 'DE123' } });
  await input.press('Enter');
  await page.getByRole('region', { name: 'Timeline' }).getByText('C-again', { exact: true }).waitFor(); // it is stored
  const merged = await read('company', company.id);
  assert.deepEqual([merged.number, merged.vat], ['C-again', 'DE123']);
  assert.deepEqual(page.faults, []);
});

test('selected rows go to the bin, and the bin gives one back', async () => {
  for (const name of ['Bulk One', 'Bulk Two', 'Bulk Three']) await create('company', { name });
  const page = await open('/company?q=Bulk');
  await row(page, 'Bulk One').waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await page.getByText('3 selected').waitFor();
  await page.getByRole('button', { name: 'Copy as table' }).click();
  await toast(page, '3 rows copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^Name\t/);
  assert.equal(copied.split('\n').length, 4);
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await toast(page, '3 records moved to the bin').waitFor();
  await page.getByText('Nothing matches').waitFor();
  await page.goto(page.url().replace(/#.*/, '#/bin'));
  const entry = page.getByRole('article').filter({ hasText: 'Bulk Two' });
  await entry.getByRole('button', { name: 'Restore' }).click();
  await entry.waitFor({ state: 'detached' });
  await page.goto(page.url().replace(/#.*/, '#/company?q=Bulk'));
  await row(page, 'Bulk Two').waitFor();
  assert.equal((await api('GET', '/records/company/count?where=name%20~%20%22Bulk%22')).count, 1);
  assert.deepEqual(page.faults, []);
});

test('the history previews an undo and does it', async () => {
  const company = await create('company', { name: 'Undone Later', number: 'U-1' });
  await api('PATCH', `/records/company/${company.id}`, { version: company.version, values: { number: 'U-2' } });
  const page = await open('/history');
  const entry = page.getByRole('article').filter({ hasText: 'U-2' }).first();
  await entry.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByText('1 change will be undone.').waitFor();
  await page.getByRole('button', { name: 'Undo 1 change' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal((await read('company', company.id)).number, 'U-1');
  assert.deepEqual(page.faults, []);
});
