// What every spec needs: a browser, pages of a size and scheme, and the API beside the page.
import { readFileSync } from 'node:fs';
import { after, afterEach, before } from 'node:test';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });

export const base = process.env.KONTOR_URL;
/** How many times slower than it is the machine of the pages is to be. */
export const slow = Number(process.env.KONTOR_SLOW ?? 1);

/** Pages on a machine so many times slower show what a test or a page leaves to luck. */
export async function slowDown(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** One browser a file, one context a page; they are closed after each test, but for those that a test closes itself. */
export function pages() {
  let browser;
  const left = new Set();
  before(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    for (const context of left) await context.close();
    left.clear();
  });
  after(() => browser.close());
  return async (path = '/company', more = {}) => {
    const { size = [1440, 900], scheme = 'light', locale = 'en-GB', known = true, closes = false } = more;
    const context = await browser.newContext({
      viewport: { width: size[0], height: size[1] },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      locale,
      storageState: known ? process.env.KONTOR_STATE : undefined,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    if (!closes) left.add(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000 * slow);
    if (slow > 1) await slowDown(page, slow);
    page.faults = [];
    page.on('pageerror', (error) => page.faults.push(error.message));
    await page.goto(`${base}/#${path}`);
    return page;
  };
}

const cookie = () => {
  const { cookies } = JSON.parse(readFileSync(process.env.KONTOR_STATE, 'utf8'));
  return cookies.map((c) => `${c.name}=${c.value}`).join('; ');
};

/** Asks the API directly, as another window would. */
export async function api(method, path, body) {
  const answer = await fetch(`${base}/api${path}`, {
    method,
    headers: { Cookie: cookie(), 'X-Kontor': '1', ...(body ? { 'Content-Type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

export const create = async (kind, values) => (await api('POST', `/records/${kind}`, { values })).record;
export const read = async (kind, id) => (await api('GET', `/records/${kind}/${id}`)).record;

/** A row of the open list by the text of its name. */
export const row = (page, name) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
export const toast = (page, text) => page.locator('.mantine-Notification-root').filter({ hasText: text });
