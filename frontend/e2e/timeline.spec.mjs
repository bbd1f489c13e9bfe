import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api, create, pages, read, toast } from './kit.mjs';
import { accessible } from './places.mjs';

const open = pages();
const timelineOf = (page) => page.getByRole('region', { name: 'Timeline' });
const entryOf = (page, text) => timelineOf(page).getByRole('listitem').filter({ hasText: text });

/** Drops files on the page as a file manager would. */
async function drop(page, files, told = 'A file of the same name becomes a new version') {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, type, text, size } of all)
      transfer.items.add(new File([size ? new Uint8Array(size) : text], name, { type }));
    return transfer;
  }, files);
  const body = page.locator('#page');
  await body.dispatchEvent('dragenter', { dataTransfer: data });
  await page.getByText(told).waitFor();
  await body.dispatchEvent('drop', { dataTransfer: data });
}

test('words, a person and a kind narrow the timeline, and clear shows all again', async () => {
  const company = await create('company', { name: 'Filter Works' });
  const ada = await create('person', { name: 'Ada Lovelace', company: company.id });
  await create('note', { text: 'Old talk with Jürgen Müller', about: company.id, at: '2019-02-03' });
  for (let i = 0; i < 40; i++) await create('note', { text: `Filler ${i}`, about: company.id });
  await create('task', { text: 'Send papers', details: 'To Mr Muller by post', about: company.id });
  await create('note', { text: 'Ada likes tea', about: ada.id });
  const page = await open(`/company/${company.id}`);
  await entryOf(page, 'Ada likes tea').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('muller');
  await entryOf(page, 'Old talk with Jürgen Müller').waitFor();
  await entryOf(page, 'Send papers').getByText('Muller', { exact: true }).waitFor();
  await entryOf(page, 'Ada likes tea').waitFor({ state: 'detached' });
  await page.waitForURL(/words=muller/);
  await page.reload();
  await entryOf(page, 'Old talk with Jürgen Müller').waitFor();
  await timelineOf(page).getByText('Tasks', { exact: true }).click();
  await entryOf(page, 'Old talk with Jürgen Müller').waitFor({ state: 'detached' });
  assert.equal(await timelineOf(page).getByRole('listitem').count(), 1);
  await timelineOf(page).getByLabel('Search in the timeline').fill('nothing like this');
  await page.getByText('Nothing here fits.').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await entryOf(page, 'Ada likes tea').waitFor();
  await page.waitForURL((url) => !/words|entries/.test(url.href));

  await timelineOf(page).getByRole('combobox', { name: 'Who' }).click();
  await page.getByRole('option', { name: 'Ada Lovelace' }).click();
  await entryOf(page, 'Filler 39').waitFor({ state: 'detached' });
  assert.equal(await timelineOf(page).getByRole('listitem').count(), 1);
  await timelineOf(page).getByRole('combobox', { name: 'Who' }).click();
  await page.getByRole('option', { name: 'Everybody' }).click();
  await entryOf(page, 'Filler 39').waitFor();
  assert.deepEqual(page.faults, []);
});

test('more comes by scrolling', async () => {
  const company = await create('company', { name: 'Scroll Works' });
  for (let i = 0; i < 70; i++) await create('note', { text: `Line ${i}.`, about: company.id });
  const page = await open(`/company/${company.id}`);
  await entryOf(page, 'Line 69.').waitFor();
  await entryOf(page, 'Line 0.').waitFor({ state: 'detached' });
  await timelineOf(page).hover();
  const first = entryOf(page, 'Line 0.');
  while ((await first.count()) === 0) {
    await page.mouse.wheel(0, 4000);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
  }
  assert.deepEqual(page.faults, []);
});

test('an entry is pinned by mouse and by key, taken back, and follows its record', async () => {
  const company = await create('company', { name: 'Pin Works' });
  const note = await create('note', { text: 'Always ring twice', about: company.id });
  await create('note', { text: 'Another note', about: company.id });
  const page = await open(`/company/${company.id}`);
  const pinned = page.getByRole('region', { name: 'Pinned' });
  await entryOf(page, 'Always ring twice').hover();
  await entryOf(page, 'Always ring twice').getByRole('button', { name: 'Pin', exact: true }).click();
  await pinned.getByText('Always ring twice').waitFor();
  await toast(page, 'Pinned to the top.').getByRole('button', { name: 'Undo' }).click();
  await pinned.waitFor({ state: 'detached' });

  await entryOf(page, 'Another note').waitFor();
  await page.locator('#page').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('p');
  await pinned.getByText('Always ring twice').waitFor();
  await page.reload();
  await pinned.getByText('Always ring twice').waitFor();
  const now = await read('note', note.id);
  await api('PATCH', `/records/note/${note.id}`, { version: now.version, values: { text: 'Ring three times' } });
  await pinned.getByText('Ring three times').waitFor();
  await api('DELETE', `/records/note/${note.id}?version=${now.version + 1}`);
  await pinned.waitFor({ state: 'detached' });
  await api('POST', `/records/note/${note.id}/restore`, {});
  await pinned.getByText('Ring three times').waitFor();
  // It is shown at once, and taken back also before the server has answered.
  let release;
  const held = new Promise((done) => (release = done));
  await page.route('**/timeline/pins/**', async (route) => {
    if (route.request().method() === 'DELETE') await held;
    await route.continue();
  });
  await pinned.getByRole('button', { name: 'Unpin' }).click();
  await pinned.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  release();
  await pinned.getByText('Ring three times').waitFor();
  assert.deepEqual(page.faults, []);
});

test('of many pinned entries five are shown', async () => {
  const company = await create('company', { name: 'Many Pins' });
  for (let i = 0; i < 7; i++) {
    const note = await create('note', { text: `Pinned ${i}`, about: company.id });
    await api('PUT', `/records/company/${company.id}/timeline/pins/${note.id}`);
  }
  const page = await open(`/company/${company.id}`);
  const pinned = page.getByRole('region', { name: 'Pinned' });
  await pinned.getByText('Pinned 6').waitFor();
  assert.equal(await pinned.getByRole('listitem').count(), 5);
  await pinned.getByRole('button', { name: '2 more' }).click();
  assert.equal(await pinned.getByRole('listitem').count(), 7);
  assert.deepEqual(page.faults, []);
});

test('a note is written with marks, shown with them, and its rows are ticked', async () => {
  const company = await create('company', { name: 'Rich Notes' });
  const page = await open(`/company/${company.id}`);
  const box = page.getByLabel('Note about Rich Notes');
  await box.pressSequentially('Points');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Checklist' }).click();
  await page.keyboard.type('call ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('today');
  await page.keyboard.press('Control+b');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('send papers');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('see www.a.example and [x](javascript:alert(1)) <b>raw</b>');
  assert.equal(
    await box.inputValue(),
    'Points\n- [ ] call **today**\n- [ ] send papers\nsee www.a.example and [x](javascript:alert(1)) <b>raw</b>',
  );
  await page.reload();
  await page.waitForFunction(() => document.querySelector('[data-composer]')?.value.startsWith('Points'));
  await box.press('Control+Enter');
  const entry = entryOf(page, 'Points').first();
  await entry.getByText('today', { exact: true }).waitFor();
  assert.equal(await entry.locator('strong').filter({ hasText: 'today' }).count(), 1);
  assert.equal(await entry.locator('a').count(), 1);
  assert.equal(await entry.locator('a').getAttribute('href'), 'https://www.a.example');
  await entry.getByText('[x](javascript:alert(1)) <b>raw</b>').waitFor();
  await entry.getByRole('checkbox', { name: 'send papers' }).click();
  await toast(page, 'Text changed').waitFor();
  await entry.locator('li[data-done]').getByText('send papers').waitFor();
  const [note] = (await api('GET', `/records/company/${company.id}/timeline?kinds=note`)).entries;
  assert.match(note.record.text, /- \[ \] call \*\*today\*\*\n- \[x\] send papers\n/);
  assert.deepEqual(page.faults, []);
});

test('an old note looks as it did', async () => {
  const company = await create('company', { name: 'Old Notes' });
  const text = 'Line one\n\n  indented * and 1) and\n*\n2*3*4 snake_case_name';
  await create('note', { text, about: company.id });
  const page = await open(`/company/${company.id}`);
  await entryOf(page, 'Line one').waitFor();
  const shown = await entryOf(page, 'Line one')
    .locator('p')
    .last()
    .evaluate((p) => p.textContent);
  assert.equal(shown, text);
});

test('files are dropped, become versions, are looked at, renamed and deleted', async () => {
  const company = await create('company', { name: 'File Works' });
  const page = await open(`/company/${company.id}`);
  await timelineOf(page).waitFor();
  await drop(page, [{ name: 'Plan.txt', type: 'text/plain', text: 'The first plan' }]);
  await toast(page, 'Plan.txt added to File Works.').waitFor();
  const block = page.getByRole('region', { name: 'Files' });
  await block.getByRole('button', { name: 'Plan.txt', exact: true }).waitFor();
  await entryOf(page, 'added a file').waitFor();
  await drop(page, [{ name: 'plan.txt', type: 'text/plain', text: 'Das zweite <b>Größere</b>' }]);
  await toast(page, 'plan.txt has a new version: 2.').waitFor();
  await block.getByRole('button', { name: '2 versions' }).click();
  await block.getByRole('button', { name: 'Version 1', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The first plan').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await block.getByRole('button', { name: 'plan.txt', exact: true }).click();
  await dialog.getByText('Das zweite <b>Größere</b>').waitFor();
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as…' }).click();
  assert.equal((await saving).suggestedFilename(), 'plan.txt');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await block.getByRole('button', { name: 'More for plan.txt' }).first().click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.keyboard.type('Final plan');
  await page.keyboard.press('Enter');
  await toast(page, 'Now called Final plan.txt.').waitFor();
  await block.getByRole('button', { name: 'Final plan.txt', exact: true }).waitFor();
  await block.getByRole('button', { name: 'More for Final plan.txt' }).first().click();
  await page.getByRole('menuitem', { name: 'Move all 2 versions to bin' }).click();
  await toast(page, 'is in the bin, with 2 versions').getByRole('button', { name: 'Undo' }).click();
  await block.getByRole('button', { name: 'Final plan.txt', exact: true }).waitFor();
  await block.getByRole('button', { name: '2 versions' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('what cannot be kept is refused in words, the rest is kept', async () => {
  const company = await create('company', { name: 'Refusing Works' });
  const page = await open(`/company/${company.id}`);
  await timelineOf(page).waitFor();
  await drop(page, [
    { name: 'nothing.txt', type: 'text/plain', text: '' },
    { name: 'huge.bin', type: '', size: 201 << 20 },
    { name: 'one.txt', type: 'text/plain', text: '1' },
    { name: 'two.txt', type: 'text/plain', text: '2' },
  ]);
  await page.getByText('nothing.txt is empty. There is nothing to keep.').waitFor();
  await page.getByText('huge.bin has 201 MB. A file may have 200 MB at most.').waitFor();
  await toast(page, '2 files added to Refusing Works.').getByRole('button', { name: 'Undo' }).click();
  await page.getByText('None yet. Drop files anywhere on this page.').waitFor();
  assert.deepEqual(page.faults, []);
});

test('several files are chosen at once beside a list, which itself takes business cards', async () => {
  const company = await create('company', { name: 'Side Works' });
  const page = await open(`/company?open=${company.id}`);
  await page.getByRole('tab', { name: 'Related' }).click();
  const block = page.getByRole('region', { name: 'Files' });
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    block.getByRole('button', { name: 'Add file' }).click(),
  ]);
  assert.ok(chooser.isMultiple());
  const file = (name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
  await chooser.setFiles([file('north.txt'), file('south.txt')]);
  await toast(page, '2 files added to Side Works.').waitFor();
  await block.getByRole('button', { name: 'south.txt', exact: true }).waitFor();

  const card = 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Vera Card\r\nEND:VCARD\r\n';
  const plan = { name: 'plan.pdf', type: 'application/pdf', text: '%PDF' };
  await drop(page, [plan], 'Drop to take in business cards');
  await page.getByText('Nothing was done with plan.pdf: this page takes .vcf, .vcard.').waitFor();
  await drop(page, [plan, { name: 'Vera.VCF', type: '', text: card }], 'Drop to take in business cards');
  await page.getByText('Vera.VCF was taken, the other one was not').waitFor();
  await page.getByRole('button', { name: 'Take 1 card in' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('a picture is pasted and shown, a PDF is shown', async () => {
  const company = await create('company', { name: 'Picture Works' });
  const page = await open(`/company/${company.id}`);
  await timelineOf(page).waitFor();
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d').fillRect(0, 0, 8, 8);
    const data = new DataTransfer();
    data.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }));
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  });
  await toast(page, /Picture \d{4}-\d\d-\d\d .*\.png added/).waitFor();
  const block = page.getByRole('region', { name: 'Files' });
  await block.getByRole('button', { name: /^Picture / }).click();
  const dialog = page.getByRole('dialog');
  await page.waitForFunction(() => document.querySelector('[role="dialog"] img')?.naturalWidth === 8);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>',
  ];
  const pdf = `%PDF-1.4\n${objects.map((o, i) => `${i + 1} 0 obj${o}endobj\n`).join('')}trailer<</Root 1 0 R>>\n`;
  await drop(page, [{ name: 'Paper.pdf', type: 'application/pdf', text: pdf }]);
  await block.getByRole('button', { name: 'Paper.pdf', exact: true }).click();
  await dialog.getByText('Page 1 of 1').waitFor();
  await dialog.getByRole('img', { name: 'Page 1 of 1' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  await drop(page, [{ name: 'Archive.zip', type: 'application/zip', text: 'PK' }]);
  await block.getByRole('button', { name: 'Archive.zip', exact: true }).click();
  await dialog.getByText('There is no preview for this kind of file').waitFor();
  assert.deepEqual(page.faults, []);
});

let place;
test('a full timeline for the looks', async () => {
  const company = await create('company', { name: 'Looks Works' });
  const text =
    '## Visit\nThey **want** the *oak* counter, see https://a.example.\n- one\n  - deeper\n- [x] done\n- [ ] open\n\n1. first\n2) second\n> a quote\n```\ncode\n```\nwith `a_b`';
  const note = await create('note', { text, about: company.id });
  await create('note', { text: 'Plain words', about: company.id });
  await api('PUT', `/records/company/${company.id}/timeline/pins/${note.id}`);
  const page = await open(`/company/${company.id}`);
  await timelineOf(page).waitFor();
  await drop(page, [{ name: 'Plan.txt', type: 'text/plain', text: 'A plan' }]);
  await toast(page, 'Plan.txt added').waitFor();
  place = `/company/${company.id}`;
});

accessible(open, [
  ['timeline with pins, marks and files', () => place],
  ['a search without hits', () => `${place}?words=zzzz`],
  [
    'a file looked at',
    () => place,
    async (page) => {
      const related = page.getByRole('tab', { name: 'Related' });
      if (await related.count()) await related.click();
      await page.getByRole('button', { name: 'Plan.txt', exact: true }).first().click();
      await page.getByRole('dialog').getByText('A plan').waitFor();
    },
    [1440, 900],
  ],
]);
