import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, base, create, pages, slowDown, toast } from './kit.mjs';
import { accessible } from './places.mjs';

const open = pages();
let company;
let person;
let draft;
let issued;

const item = (text, quantity, unit, price, rate, more = {}) => ({
  kind: 'item',
  text,
  quantity,
  unit,
  price,
  tax: { rate },
  ...more,
});
const quotation = (subject, lines, more = {}) =>
  api('POST', '/quotations', { subject, company: company.id, currency: 'EUR', lines, ...more });

before(async () => {
  company = await create('company', {
    name: 'Summit Interiors Ltd',
    addresses: [{ type: 'post', street: '14 Quay Street', postcode: 'LS1', city: 'Leeds', country: 'GB' }],
  });
  person = await create('person', { name: 'Sam Summit', roles: [{ company: company.id, role: 'Buyer' }] });
  await create('product', {
    name: 'Walnut counter, 2.4 m',
    number: 'W-100',
    unit: 'pcs',
    price: '1890',
    taxRate: '20',
  });
  draft = await quotation('Showroom refit', [
    item('Counter\nOiled finish', '2', 'pcs', '1890', '20', { discount: { percent: '5' } }),
    item('Extended care', '1', '', '480', '20', { optional: true }),
    item('Exported lamp', '1', 'pcs', '100', '0', { tax: { rate: '0', category: 'G', reason: 'Tax-free export.' } }),
  ]);
  const made = await quotation('Reception desk', [
    { kind: 'title', text: 'Ground floor' },
    item('Desk', '1', 'pcs', '2400', '20'),
  ]);
  issued = await api('POST', `/quotations/${made.id}/finalise`, { version: made.version });
});

const cell = (page, column, position) => page.getByLabel(`${column}, line ${position}`, { exact: true });
const total = (page) => page.getByRole('region', { name: 'Totals' }).locator('dl:not([data-stale])');
const saved = (page) => page.getByRole('status').filter({ hasText: /^Saved/ });
const idIn = (page) => /quotation\/(\w{13})/.exec(page.url())?.[1];

test('a quotation is written by keyboard, priced by the engine, saved and issued', async () => {
  const page = await open('/quotation');
  await page.getByRole('heading', { level: 1, name: 'Quotations' }).waitFor();
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Subject' }).fill('Bar refit');
  const customer = page.getByRole('textbox', { name: 'Customer', exact: true });
  await customer.fill('Summ');
  await page.getByRole('option', { name: /Summit Interiors Ltd.*Leeds/ }).click();

  // A product by its number: Enter takes text, unit, price and tax.
  await cell(page, 'Item', 1).fill('W-1');
  await page.getByRole('option', { name: /Walnut counter/ }).waitFor();
  await page.keyboard.press('Enter');
  assert.equal(await cell(page, 'Item', 1).inputValue(), 'Walnut counter, 2.4 m');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Qty, line 1');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Price, line 1');
  await page.keyboard.press('Enter');
  await page.keyboard.type('-5%');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');

  // Enter behind the last cell begins a line, with the tax of the one before.
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Item, line 2');
  await page.keyboard.type('Fitting');
  await cell(page, 'Qty', 2).fill('3*4,5');
  await page.getByText('= 13.5').waitFor();
  await cell(page, 'Price', 2).fill('68');
  await page.keyboard.press('Tab');
  assert.equal(await cell(page, 'Qty', 2).inputValue(), '13.5');
  assert.equal(await cell(page, 'Tax', 2).inputValue(), '20 %');
  await total(page).getByText('€4,509.00', { exact: true }).waitFor(); // 3,591.00 + 918.00
  await total(page).getByText('€5,410.80', { exact: true }).waitFor();
  await saved(page).waitFor();

  // Lines move, are copied and come back.
  await cell(page, 'Item', 2).focus();
  await page.keyboard.press('Alt+ArrowUp');
  assert.equal(await cell(page, 'Item', 1).inputValue(), 'Fitting');
  await page.keyboard.press('Control+Shift+Backspace');
  await toast(page, '“Fitting” deleted').getByRole('button', { name: 'Undo' }).click();
  assert.equal(await cell(page, 'Item', 1).inputValue(), 'Fitting');
  await saved(page).waitFor();
  const id = idIn(page);
  await page.reload();
  await cell(page, 'Item', 2).waitFor();
  assert.equal(await cell(page, 'Item', 2).inputValue(), 'Walnut counter, 2.4 m');

  await page.getByRole('button', { name: 'Issue', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Issue this quotation?' });
  await dialog.getByText('Summit Interiors Ltd').waitFor();
  await dialog.getByText('€5,410.80').waitFor();
  await dialog.getByRole('button', { name: 'Issue quotation' }).click();
  await page.getByRole('heading', { level: 2, name: 'Bar refit' }).waitFor();
  const stored = await api('GET', `/quotations/${id}`);
  assert.match(stored.number, /^Q-\d{4}-\d{4}$/);
  assert.equal(stored.status, 'final');
  assert.equal(stored.figures.gross, '5410.80');
  await page.getByRole('img', { name: 'Page 1 of 1' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save PDF' }).click();
  assert.equal((await download).suggestedFilename(), `${stored.number}.pdf`);
  assert.deepEqual(page.faults, []);
});

test('a fault stands beside its cell, and what is typed is kept until it is right', async () => {
  const { id } = await quotation('Faulty', [item('Lamp', '1', 'pcs', '100', '20')]);
  const page = await open(`/quotation/${id}`);
  await cell(page, 'Disc.', 1).fill('120%');
  await page.getByText('A percentage is between 0 and 100.').waitFor();
  assert.equal(await cell(page, 'Disc.', 1).getAttribute('aria-invalid'), 'true');
  await page.getByText('Not saved: correct 1 field. It is kept on this computer.').waitFor();
  await page.reload();
  await page.getByText('Continued with what you typed').waitFor();
  assert.equal(await cell(page, 'Disc.', 1).inputValue(), '120 %');
  await cell(page, 'Disc.', 1).fill('12 €');
  await page.keyboard.press('Tab');
  await total(page).getByText('€105.60', { exact: true }).waitFor();
  await saved(page).waitFor();
  assert.deepEqual((await api('GET', `/quotations/${id}`)).document.lines[0].discount, { amount: '12.00' });
  assert.deepEqual(page.faults, []);
});

test('a block of cells from a spreadsheet becomes lines', async () => {
  const { id } = await quotation('Pasted', [item('First', '1', 'pcs', '1', '20')]);
  const page = await open(`/quotation/${id}`);
  await cell(page, 'Item', 1).focus();
  await page.evaluate(() =>
    navigator.clipboard.writeText('Item\tQty\tUnit\tPrice\tVAT\nStool\t4\tpcs\t89.90\t20%\nTable\t1\tpcs\t450\t10%'),
  );
  await page.keyboard.press('Control+v');
  await toast(page, '2 lines pasted').waitFor();
  assert.equal(await cell(page, 'Item', 3).inputValue(), 'Table');
  assert.equal(await cell(page, 'Price', 2).inputValue(), '89.90');
  await saved(page).waitFor();
  const { document } = await api('GET', `/quotations/${id}`);
  assert.deepEqual(
    document.lines.map((l) => [l.text, l.quantity, l.price, l.tax.rate ?? l.tax]),
    [
      ['First', '1', '1.00', '20'],
      ['Stool', '4', '89.90', '20'],
      ['Table', '1', '450.00', '10'],
    ],
  );
  assert.deepEqual(page.faults, []);
});

test('two windows: both versions are shown, and one is chosen', async () => {
  const made = await quotation('Contested', [item('Lamp', '1', 'pcs', '100', '20')]);
  const page = await open(`/quotation/${made.id}`);
  await cell(page, 'Item', 1).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('textbox', { name: 'Subject' }).fill('Mine');
  await page.getByText('Kontor does not answer').waitFor();
  await api('POST', '/records/note', { values: { text: 'Unrelated', about: company.id } });
  await fetch(`${base}/api/quotations/${made.id}?version=${made.version}`, {
    method: 'PUT',
    headers: { ...(await headers()), 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...made.document, subject: 'Theirs' }),
  });
  await page.context().setOffline(false);
  const dialog = page.getByRole('dialog', { name: 'Somebody saved in between' });
  await dialog.getByRole('cell', { name: 'Theirs' }).waitFor();
  await dialog.getByRole('cell', { name: 'Mine' }).waitFor();
  await dialog.getByRole('button', { name: 'Keep what I typed' }).click();
  await saved(page).waitFor();
  assert.equal((await api('GET', `/quotations/${made.id}`)).document.subject, 'Mine');
  assert.deepEqual(page.faults, []);
});

test('a quotation is begun from a person and stands on the timeline of both', async () => {
  const page = await open(`/person/${person.id}`);
  await page.getByRole('heading', { level: 1, name: 'Sam Summit' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('new quotation for');
  await page.getByRole('option', { name: 'New quotation for this customer' }).click();
  const customer = page.getByRole('textbox', { name: 'Customer', exact: true });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some((i) => i.value === 'Summit Interiors Ltd'),
  );
  assert.equal(await customer.inputValue(), 'Summit Interiors Ltd');
  await page.getByRole('textbox', { name: 'Subject' }).fill('From the page');
  await saved(page).waitFor();
  await page.goto(`${base}/#/company/${company.id}`);
  await page.getByRole('link', { name: 'From the page' }).first().click();
  await page.getByRole('textbox', { name: 'Subject' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('what is typed while a new quotation is first saved stays, also on a slow machine', async () => {
  const page = await open(`/quotation/new?company=${company.id}`);
  await page.getByRole('textbox', { name: 'Customer', exact: true }).waitFor();
  let release;
  const held = new Promise((done) => (release = done));
  const first = new Promise((reached) =>
    page.route(`${base}/api/quotations`, async (route) => {
      reached();
      await held;
      await route.continue();
    }),
  );
  await page.getByRole('textbox', { name: 'Subject' }).fill('Slow refit');
  await first;
  await cell(page, 'Item', 1).focus();
  await slowDown(page, 6);
  await page.keyboard.type('Counter with ');
  release();
  await page.keyboard.type('a brass rail');
  await page.waitForFunction(() => location.hash.match(/quotation\/(?!new)/));
  await page.keyboard.type(', polished');
  assert.equal(await cell(page, 'Item', 1).inputValue(), 'Counter with a brass rail, polished');
  await slowDown(page, 1);
  const counted = page.waitForResponse(
    (r) => r.request().method() === 'PUT' && r.request().postData()?.includes('"quantity":"3"'),
  );
  await cell(page, 'Qty', 1).fill('3');
  await page.keyboard.press('Tab');
  await counted;
  const { document } = await api('GET', `/quotations/${idIn(page)}`);
  assert.equal(document.company, company.id);
  assert.deepEqual(
    document.lines.map((l) => [l.text, l.quantity]),
    [['Counter with a brass rail, polished', '3']],
  );
});

test('a customer nobody knows yet is made on the spot', async () => {
  const page = await open('/quotation/new');
  await page.getByRole('textbox', { name: 'Customer', exact: true }).fill('Brand New Bar');
  await page.getByRole('option', { name: 'Create company “Brand New Bar”' }).click();
  await saved(page).waitFor();
  const stored = await api('GET', `/quotations/${idIn(page)}`);
  assert.equal(stored.links[stored.document.company].title, 'Brand New Bar');
  assert.deepEqual(page.faults, []);
});

test('the list is filtered by status and opens the paper', async () => {
  const page = await open('/quotation');
  await page.getByText('Issued', { exact: true }).first().click();
  await page.getByText(issued.number).waitFor();
  assert.equal(await page.getByText('Showroom refit').count(), 0);
  await page.getByRole('button', { name: 'Save view', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Sent out');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Sent out' }).waitFor();
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await page.getByText('Showroom refit').first().waitFor();
  await page.getByRole('link', { name: 'Sent out' }).click();
  await page.getByText('Showroom refit').waitFor({ state: 'detached' });
  await page.getByText('Reception desk').click();
  await page.getByRole('button', { name: 'Save PDF' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('own fields are filled in the editor, shown and grouped in the list, and change after issuing', async () => {
  const { key } = (
    await api('POST', '/fields', {
      values: { kind: 'quotation', label: 'Showroom', type: 'choice', options: ['North', 'South'] },
    })
  ).field;
  const made = await quotation('Own fields', [item('Lamp', '1', 'pcs', '100', '20')]);
  const page = await open(`/quotation/${made.id}`);
  const own = page.getByRole('region', { name: 'Own fields' });
  await own.getByText('they do not stand on the paper').waitFor();
  const put = page.waitForResponse((r) => r.request().method() === 'PUT' && r.ok());
  await own.getByRole('combobox', { name: 'Showroom' }).click();
  await page.getByRole('option', { name: 'North' }).click();
  const { version, document } = await (await put).json();
  assert.equal(document.own[key], 'North');
  await api('POST', `/quotations/${made.id}/finalise`, { version });

  await page.goto(`${base}/#/quotation?group=${key}`);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Showroom' }).check();
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'Showroom' }).waitFor();
  await page.getByRole('gridcell', { name: 'North', exact: true }).waitFor();

  await page.goto(`${base}/#/quotation/${made.id}`);
  await own.getByRole('button', { name: 'Change Showroom' }).click();
  await page.getByRole('option', { name: 'South' }).click();
  await toast(page, 'Showroom').getByRole('button', { name: 'Undo' }).click();
  await own.getByText('North').waitFor();
  const stored = await api('GET', `/quotations/${made.id}`);
  assert.equal(stored.status, 'final');
  assert.equal(stored.document.own[key], 'North');
  assert.deepEqual(page.faults, []);
});

async function headers() {
  const { readFileSync } = await import('node:fs');
  const { cookies } = JSON.parse(readFileSync(process.env.KONTOR_STATE, 'utf8'));
  return { Cookie: cookies.map((c) => `${c.name}=${c.value}`).join('; '), 'X-Kontor': '1' };
}

accessible(open, [
  ['quotations', () => '/quotation'],
  ['none', () => '/quotation?q=zzzz'],
  ['new', () => '/quotation/new'],
  ['draft', () => `/quotation/${draft.id}`],
  ['issued', () => `/quotation/${issued.id}`],
  ['timeline', () => `/company/${company.id}`],
  [
    'issue',
    () => `/quotation/${draft.id}`,
    async (page) => {
      await page.getByRole('button', { name: 'Issue', exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
]);
