import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { api, create, pages } from './kit.mjs';
import { accessible, faultsOf } from './places.mjs';

const open = pages();
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

/** What opens on top of a page. */
const opened = (page) => page.locator('[role=dialog], [class*=dropdown]').first().waitFor();

accessible(open, [
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
  ['palette', () => '/company', (page) => page.keyboard.press('Control+k').then(() => opened(page))],
  ['new company', () => '/company', (page) => page.keyboard.press('c').then(() => opened(page))],
  [
    'filter',
    () => '/company',
    async (page) => {
      await page.locator('[data-filter-add]').first().click();
      await opened(page);
    },
    [1024, 700],
  ],
  [
    'columns',
    () => '/company',
    async (page) => {
      await page.getByRole('button', { name: 'Columns' }).click();
      await opened(page);
    },
    [1024, 700],
  ],
]);

test('axe, the way in for a browser that nobody knows', async () => {
  for (const scheme of ['light', 'dark']) {
    const page = await open('/company', { scheme, known: false });
    await page.getByRole('heading', { name: 'This is Kontor' }).waitFor();
    assert.deepEqual(await faultsOf(page), []);
  }
});
