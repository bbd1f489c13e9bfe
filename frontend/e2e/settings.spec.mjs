import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { api, create, pages, toast } from './kit.mjs';

const open = pages();

/** A one-colour picture made here, so that no picture file is needed. */
function png(width, height) {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const crc = (bytes) => ~bytes.reduce((c, b) => table[(c ^ b) & 255] ^ (c >>> 8), -1) >>> 0;
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3), 90);
  for (let y = 0; y < height; y += 1) rows[y * (1 + width * 3)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('own company and logo are saved', async () => {
  const page = await open('/settings');
  await page.getByLabel('Street').fill('Hafenstraße 12');
  await page.getByLabel('Street').press('Control+Enter');
  await toast(page, 'Settings saved').waitFor();
  assert.equal((await api('GET', '/settings')).values['seller.street'], 'Hafenstraße 12');

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a picture' }).click();
  await (await chooser).setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png(64, 24) });
  const picture = page.getByRole('img', { name: 'Your logo' });
  await picture.waitFor();
  await page.waitForFunction(() => document.querySelector('img[alt="Your logo"]')?.naturalWidth === 64);

  const again = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose another' }).click();
  await (await again).setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await page.getByText('This is not a PNG or JPEG picture.').waitFor();
  assert.deepEqual(page.faults, []);
});

test('a wrong bank account is told beside the field', async () => {
  const page = await open('/settings');
  await page.getByLabel('IBAN').fill('DE00 1234');
  await page.getByLabel('IBAN').press('Enter');
  await page.getByText('is not a valid IBAN').waitFor();
  assert.equal(await page.getByLabel('IBAN').getAttribute('aria-invalid'), 'true');
});

test('the program speaks German after the language is changed, and back', async () => {
  await create('company', { name: 'Sprachprobe', customerSince: '2026-03-04' });
  const page = await open('/settings?tab=region', { locale: 'de-DE' });
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'German' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
  await page.getByRole('link', { name: 'Firmen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Firmen' }).waitFor();
  await page.getByText('4. März 2026').waitFor();
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'Neue Firma' }).waitFor();
  await page.getByRole('button', { name: 'Firma anlegen' }).click();
  await page.getByRole('dialog').getByText(/./).first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
  const settings = await api('GET', '/settings');
  await api('PATCH', '/settings', { version: settings.version, values: { language: 'en' } });
  assert.deepEqual(page.faults, []);
});

test('about shows version and licences', async () => {
  const page = await open('/settings?tab=about');
  await page.getByRole('button', { name: 'Licences of the parts' }).click();
  await page.getByRole('region', { name: 'Licences of the parts' }).getByText('@fontsource-variable/inter').waitFor();
});
