import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, create, pages, read, row, toast } from './kit.mjs';

const open = pages();
const signature = `Kind regards

Mara Lindqvist
Buyer
Lindqvist Möbler AB
Storgatan 4
211 42 Malmö
Sweden
Tel. +46 40 123 45 67
mara@lindqvist.example`;

let berg;
let kiln;

before(async () => {
  berg = await create('company', { name: 'Berg Interiors Ltd' });
  kiln = await create('company', { name: 'Kilnworks Ltd', number: 'K-1' });
  await create('note', { text: 'They fire with a cobalt underglaze of their own.', about: kiln.id, at: '2023-04-02' });
  for (let i = 0; i < 300; i += 30) {
    const some = Array.from({ length: 30 }, (_, n) => String(i + n).padStart(3, '0'));
    await Promise.all(some.map((n) => create('company', { name: `Fair Visitor ${n}`, city: 'Leeds' })));
  }
});

const count = async (where) => (await api('GET', `/records/company/count?where=${encodeURIComponent(where)}`)).count;

/** What a hand on the keyboard does to get somewhere: palette, words, Enter. */
async function find(page, words, option) {
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').last().fill(words);
  await page.getByRole('option', { name: option }).first().waitFor();
  await page.keyboard.press('Enter');
}

test('a day at the desk', async () => {
  const page = await open('/today');
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();

  // A customer calls: found by name, the call is logged.
  await find(page, 'berg int', /Berg Interiors Ltd/);
  await page.getByRole('heading', { level: 1, name: 'Berg Interiors Ltd' }).waitFor();
  await page.getByRole('radiogroup', { name: 'What to write' }).getByText('Call', { exact: true }).click();
  const call = page.getByRole('textbox', { name: 'Call with Berg Interiors Ltd' });
  await call.fill('They want a sample by Friday.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('region', { name: 'Timeline' }).getByText('They want a sample by Friday.').waitFor();

  // What follows from it is a task, in one line.
  await find(page, 'today', /^Today/);
  const line = page.getByRole('textbox', { name: 'New task' });
  await line.fill('send the sample to Berg today');
  await page.keyboard.press('Enter');
  const due = page.getByRole('region', { name: 'Due today' });
  await due.getByRole('link', { name: 'send the sample to Berg' }).waitFor();

  // Who was it with the underglaze? A word of an old note leads there.
  await find(page, 'underglaz', /cobalt underglaze/);
  await page.getByText('They fire with a cobalt underglaze of their own.').first().waitFor();

  // A signature is pasted into the list: a company and a person.
  await page.goto(`${process.env.KONTOR_URL}/#/company`);
  await page.getByRole('grid').waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), signature);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+V');
  await page.getByRole('checkbox', { name: 'New company' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { level: 1, name: 'Mara Lindqvist' }).waitFor();
  assert.equal(await count('name = "Lindqvist Möbler AB" and city = "Malmö"'), 1);

  // The trade needs a field of its own: it is there at once.
  await find(page, 'fields of your own', /Fields of your own/);
  await page.getByText('No fields of your own for Companies yet').waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Met at');
  await dialog.getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'Choice', exact: true }).click();
  await dialog.getByLabel('Option 1', { exact: true }).fill('Trade fair');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Telephone');
  await page.keyboard.press('Control+Enter');
  await toast(page, 'Field “Met at” added.').waitFor();
  await find(page, 'kilnworks', /Kilnworks Ltd/);
  await page.getByRole('button', { name: 'Met at', exact: true }).click();
  await page.getByRole('option', { name: 'Trade fair' }).click();
  await toast(page, 'Kilnworks Ltd: Met at').waitFor();

  // A filter by it becomes a view.
  await page.goto(`${process.env.KONTOR_URL}/#/company`);
  await page.getByRole('grid').waitFor();
  await page.locator('[data-filter-add]').click();
  await page.getByRole('option', { name: 'Met at', exact: true }).click();
  await page.getByRole('combobox', { name: 'Value' }).fill('trade');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.locator('footer').getByText('1 company').waitFor();
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('dialog', { name: 'Save view' }).getByLabel('Name').fill('From the fair');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'From the fair' }).waitFor();

  // Three hundred are tagged, which was a mistake.
  await page.goto(`${process.env.KONTOR_URL}/#/company?q=visitor`);
  await row(page, 'Fair Visitor 000').waitFor();
  await page.getByRole('button', { name: 'Select all rows' }).click();
  await page.getByRole('toolbar', { name: 'Selected rows' }).getByText('300 selected').waitFor();
  await page.getByRole('toolbar', { name: 'Selected rows' }).getByRole('button', { name: 'Tag…' }).click();
  const tags = page.getByRole('dialog', { name: 'Tag 300 companies' });
  await tags.getByLabel('Add tags').fill('Fair 2026');
  await tags.getByLabel('Add tags').press('Enter');
  await tags.getByText('300 records will change.').waitFor();
  await tags.getByRole('button', { name: 'Apply' }).click();
  await toast(page, '300 records changed').waitFor();
  assert.equal(await count('tag = "fair 2026"'), 300);
  await toast(page, '300 records changed').getByRole('button', { name: 'Undo' }).click();
  await toast(page, '300 changes undone').waitFor();
  assert.equal(await count('tag = "fair 2026"'), 0);

  // Somebody else changes the same field meanwhile: nothing is overwritten unseen.
  await page.goto(`${process.env.KONTOR_URL}/#/company/${kiln.id}`);
  await page.getByText('K-1', { exact: true }).hover();
  await page.getByRole('button', { name: 'Change Number' }).click();
  const number = page.getByRole('textbox', { name: 'Number' });
  await number.fill('K-mine');
  const now = await read('company', kiln.id);
  await api('PATCH', `/records/company/${kiln.id}`, { version: now.version, values: { number: 'K-theirs' } });
  await number.press('Enter');
  const stale = page.getByRole('dialog', { name: 'Somebody saved in between' });
  await stale.getByText('K-mine').waitFor();
  await stale.getByText('K-theirs').waitFor();
  await stale.getByRole('button', { name: 'Save this choice' }).click();
  await stale.waitFor({ state: 'detached' });
  await toast(page, 'Number changed').waitFor();
  assert.equal((await read('company', kiln.id)).number, 'K-mine');

  // The day ends where it began: the task is done, and the customer's page knows it all.
  await find(page, 'today', /^Today/);
  const task = page.getByRole('region', { name: 'Due today' }).getByRole('link', { name: 'send the sample to Berg' });
  await task.focus();
  await page.keyboard.press('Space');
  await task.waitFor({ state: 'detached' });
  const entries = (await api('GET', `/records/company/${berg.id}/timeline`)).entries.map((e) => e.kind);
  assert.ok(entries.includes('call'), entries.join());
  assert.deepEqual(page.faults, []);
});
