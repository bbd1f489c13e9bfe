import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { api, create, pages } from './kit.mjs';

const open = pages();
const sizes = [
  [390, 800],
  [1024, 700],
  [1440, 900],
  [2560, 1440],
];
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
let company;
let person;

before(async () => {
  company = await create('company', {
    name: 'Accessible Ltd',
    emails: [{ type: 'work', value: 'info@accessible.example' }],
    addresses: [{ type: 'post', street: '14 Quay Street', postcode: 'LS1', city: 'Leeds', country: 'GB' }],
    customerSince: '2024-05-03',
    revenue: '12345.6',
    revenueCurrency: 'EUR',
  });
  person = await create('person', {
    name: 'Ada Axe',
    salutation: 'ms',
    roles: [{ company: company.id, role: 'Buyer' }],
  });
  await create('note', { text: 'Called about the spring range.', about: person.id });
  await api('PATCH', `/records/company/${company.id}`, { version: company.version, values: { vat: 'GB999' } });
  const gone = await create('company', { name: 'Gone Ltd' });
  await api('DELETE', `/records/company/${gone.id}?version=${gone.version}`);
});

/** Every page, and what opens on top of pages: path, and how to get there. */
const places = [
  ['companies', () => '/company'],
  ['people, filtered', () => '/person?where=role%20%3D%20%22Buyer%22'],
  ['no hits', () => '/company?q=zzzzz'],
  ['beside the list', () => `/company?open=${company.id}`],
  ['company', () => `/company/${company.id}`],
  ['person', () => `/person/${person.id}`],
  ['history', () => '/history'],
  ['bin', () => '/bin'],
  ['search', () => '/search?q=accessible'],
  ['settings', () => '/settings'],
  ['keys', () => '/settings?tab=keys'],
  ['about', () => '/settings?tab=about'],
  ['palette', () => '/company', (page) => page.keyboard.press('Control+k')],
  ['new company', () => '/company', (page) => page.keyboard.press('c')],
  ['filter', () => '/company', (page) => page.locator('[data-filter-add]').first().click(), [1024, 700]],
  ['columns', () => '/company', (page) => page.getByRole('button', { name: 'Columns' }).click(), [1024, 700]],
];

for (const scheme of ['light', 'dark']) {
  for (const size of sizes) {
    test(`axe, ${scheme}, ${size.join('×')}`, async () => {
      const page = await open('/company', { size, scheme });
      const found = [];
      for (const [name, path, reach, only] of places) {
        if (only && only.join() !== size.join()) continue;
        await page.goto('about:blank');
        await page.goto(`${process.env.KONTOR_URL}/#${path()}`);
        await page.locator('#page h1').waitFor();
        await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
        await page.waitForLoadState('networkidle').catch(() => undefined);
        if (reach) {
          await reach(page);
          await page.locator('[role=dialog], [class*=dropdown]').first().waitFor();
        }
        const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
        for (const v of violations) {
          const where = v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} (${n.any[0]?.message ?? ''})`);
          found.push(`${name}: ${v.id}: ${where.join(' | ')}`);
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
        if (wide) found.push(`${name}: wider than the window`);
      }
      assert.deepEqual(found, []);
      assert.deepEqual(page.faults, []);
    });
  }
}

test('axe, the way in for a browser that nobody knows', async () => {
  for (const scheme of ['light', 'dark']) {
    const page = await open('/company', { scheme, known: false });
    await page.getByRole('heading', { name: 'This is Kontor' }).waitFor();
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
    assert.deepEqual(
      violations.map((v) => v.id),
      [],
    );
  }
});
