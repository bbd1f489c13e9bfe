// The main job from end to end, as its people do it: a customer list comes in from a spreadsheet, mail lands in the
// histories, a quotation goes out on paper, a list goes out to Excel.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { pages, row } from './kit.mjs';
import { letter, named, startMailbox } from './mailbox.mjs';
import { workbook } from './workbook.mjs';

const open = pages();
const me = 'ines@harbor.example';
const mehta = named('Zoë Mehta', 'zoe.mehta@quayside.example');

const customers = workbook(
  [
    ['Customer no.', 'Company', 'E-mail', 'Street', 'Postcode', 'City', 'Country', 'Customer since'],
    [
      '00017',
      'Quayside Wines & Söhne',
      'office@quayside.example',
      '14 Quay Street',
      '0S1 4AB',
      'Leeds',
      'GB',
      new Date('2024-05-03'),
    ],
    [
      '00018',
      'Tosca Arredi S.r.l.',
      'info@tosca.example',
      'Via Roma 3',
      '00184',
      'Roma',
      'Italy',
      new Date('2024-07-27'),
    ],
    ['00019', 'Łódź Ceramika', 'biuro@lodz.example', 'Piotrkowska 8', '90-001', 'Łódź', 'PL', new Date('2024-11-04')],
  ],
  'Customers',
);

const letters = [
  letter({
    from: mehta,
    to: me,
    cc: 'office@quayside.example',
    subject: 'Shelves for the cellar',
    at: Date.UTC(2026, 9, 12, 8),
    id: 'shelves',
    text: 'Could you quote twelve shelves, delivered?',
    html: '<p>Could you quote <b>twelve</b> shelves, delivered?</p>',
  }),
  letter({
    from: 'news@elsewhere.example',
    to: me,
    subject: 'Nobody knows us',
    at: Date.UTC(2026, 9, 13, 8),
    id: 'news',
    text: 'Buy now.',
  }),
];

let mailbox;
before(async () => {
  mailbox = await startMailbox(letters);
});
after(() => mailbox.stop());

const choose = async (page, button, name, buffer) => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
};

const saved = async (page, act) => {
  const download = page.waitForEvent('download');
  await act();
  const file = await download;
  return { name: file.suggestedFilename(), path: await file.path(), bytes: await file.createReadStream() };
};

const figure = (page, name) => page.locator('[data-action]').filter({ hasText: name }).locator('strong').textContent();

/** Leads a file through the wizard up to what would happen. */
async function plan(page, name, buffer) {
  await choose(page, 'Choose file', name, buffer);
  for (const title of [
    'Is this the right table?',
    'Which column fills which field?',
    'What if a record is there already?',
  ]) {
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
  }
  await page.getByRole('heading', { name: 'This is what would happen' }).waitFor();
}

test('the main job', async () => {
  const page = await open('/company');
  const left = [];
  page.on('request', (r) => r.url().startsWith(process.env.KONTOR_URL) || left.push(r.url()));

  // A customer list comes in.
  await page.getByRole('heading', { name: 'No companies yet' }).waitFor();
  await page.getByRole('button', { name: 'Import companies' }).click();
  await plan(page, 'Customers.xlsx', customers);
  await page.getByRole('button', { name: 'Import 3 companies' }).click();
  await page.getByRole('heading', { name: 'The import is done' }).waitFor();
  assert.equal(await figure(page, 'Created'), '3');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await row(page, 'Łódź Ceramika').waitFor();
  await row(page, 'Quayside Wines & Söhne').getByText('Quayside Wines').click();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Quayside Wines & Söhne' }).waitFor();
  await page.getByText('00017').first().waitFor();
  await page.getByText('3 May 2024').first().waitFor();
  await page.getByRole('button', { name: 'Where Number comes from' }).click();
  await page.getByText('from Customers.xlsx, row 2').waitFor();
  await page.keyboard.press('Escape');

  // A person is added to it.
  await page.getByRole('button', { name: 'New person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Zoë Mehta');
  await dialog.getByLabel('E-mail').fill('zoe.mehta@quayside.example');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: 'Zoë Mehta' }).waitFor();

  // A mailbox is read into the histories.
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.getByRole('heading', { name: 'No mailbox yet' }).waitFor();
  await page.keyboard.press('c');
  const account = page.getByRole('dialog', { name: 'Add mailbox' });
  await account.getByLabel('Mail address').fill(me);
  await account.getByLabel('Mail server (IMAP)').fill(mailbox.host);
  await account.getByLabel('Port').fill(String(mailbox.port));
  await account.getByRole('textbox', { name: 'Password' }).fill(mailbox.password);
  await account.getByRole('button', { name: 'User name or certificate differ' }).click();
  await account.getByLabel('User name').fill(mailbox.user);
  await choose(page, 'Choose certificate file', 'ca.pem', Buffer.from(mailbox.ca));
  await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('BEGIN CERTIFICATE'));
  await page.keyboard.press('Control+Enter');
  await account.waitFor({ state: 'hidden' });
  await page.getByRole('region', { name: me }).getByText('Last read').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('quayside');
  await page
    .getByRole('option', { name: /Quayside Wines/ })
    .first()
    .click();
  const entry = page.getByRole('listitem').filter({ hasText: 'Shelves for the cellar' });
  await entry.getByRole('button', { name: 'Shelves for the cellar' }).click();
  await entry.frameLocator('iframe').getByText('twelve').waitFor();
  assert.equal(await page.getByText('Nobody knows us').count(), 0);

  // A quotation goes out on paper.
  await page.getByRole('button', { name: 'New quotation for this customer' }).click();
  await page.getByRole('textbox', { name: 'Subject' }).fill('Shelves for the cellar');
  const cell = (name) => page.getByLabel(`${name}, line 1`);
  await cell('Item').fill('Oak shelf, 1.8 m');
  await cell('Qty').fill('12');
  await cell('Price').fill('64,90');
  await cell('Disc.').fill('5%');
  await cell('Tax').fill('20');
  await page.keyboard.press('Tab');
  // 12 × 64.90 = 778.80, less 5 % (38.94) = 739.86; 20 % tax is 147.97.
  await page.getByRole('region', { name: 'Totals' }).getByText('€887.83', { exact: true }).waitFor();
  await page.getByRole('img', { name: 'Page 1 of 1' }).waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved/ })
    .waitFor();
  await page.getByRole('button', { name: 'Issue', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Issue quotation' }).click();
  await page.getByRole('button', { name: 'Save PDF' }).waitFor();
  const paper = await saved(page, () => page.getByRole('button', { name: 'Save PDF' }).click());
  const year = new Date().getFullYear();
  assert.equal(paper.name, `Q-${year}-0001.pdf`);
  const text = execFileSync('pdftotext', ['-layout', paper.path, '-'], { encoding: 'utf8' });
  for (const words of ['Quayside Wines & Söhne', '14 Quay Street', 'Oak shelf, 1.8 m', '739.86', '147.97', '887.83'])
    assert.ok(text.includes(words), `${words} is not on the paper:\n${text}`);
  await page.getByRole('link', { name: 'Quayside Wines & Söhne' }).click();
  await page.getByText('issued a quotation').waitFor();

  // The list goes out to Excel, and taken in again changes nothing.
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'More for this list' }).click();
  const sheet = await saved(page, () => page.getByRole('menuitem', { name: 'Export this list to Excel' }).click());
  assert.equal(sheet.name, 'Companies.xlsx');
  const bytes = Buffer.concat(await sheet.bytes.toArray());
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('menuitem', { name: 'Import companies' }).click();
  await plan(page, sheet.name, bytes);
  assert.equal(await figure(page, 'Unchanged'), '3');
  await page.getByRole('button', { name: 'Nothing to import' }).waitFor();

  assert.deepEqual(page.faults, []);
  assert.deepEqual(left, [], 'nothing leaves this computer');
});
