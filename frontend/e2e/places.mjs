// Runs axe on places of the program, in both schemes at the four sizes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { slow } from './kit.mjs';

/** From wide to narrow: what stands beside a list on a wide window becomes a page of its own on a narrow one. */
const sizes = [
  [2560, 1440],
  [1440, 900],
  [1024, 700],
  [390, 800],
];
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** What axe finds on a page as it stands, a line each. */
export async function faultsOf(page) {
  // Without legacy mode axe opens a page of its own for each result, to look into frames of other origins; we have none.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(tags)
    .setLegacyMode()
    .analyze();
  return violations.map((v) => {
    const where = v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} (${n.any[0]?.message ?? ''})`);
    return `${v.id}: ${where.join(' | ')}`;
  });
}

/** Waits until the page has drawn what it was asked for, in the size it has now. */
async function settled(page) {
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
}

/**
 * A place has a name, a path, what to do there before looking, and the one size it is for, if it is for one only.
 * It is opened once for each scheme and then made narrower: opening costs more than looking.
 */
export function accessible(open, places) {
  describe('axe', { concurrency: 2, skip: slow > 1 && 'axe looks at pages that stand still' }, () => {
    for (const [name, path, reach, only] of places) {
      for (const scheme of ['light', 'dark']) {
        test(`${name}, ${scheme}`, async () => {
          const wanted = only ? [only] : sizes;
          const page = await open(path(), { size: wanted[0], scheme, closes: true });
          await page.locator('#page h1').waitFor();
          await settled(page);
          await reach?.(page);
          const found = [];
          for (const [width, height] of wanted) {
            await page.setViewportSize({ width, height });
            await settled(page);
            for (const fault of await faultsOf(page)) found.push(`${width}×${height}: ${fault}`);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
            if (wide) found.push(`${width}×${height}: wider than the window`);
          }
          assert.deepEqual(found, []);
          assert.deepEqual(page.faults, []);
          await page.context().close();
        });
      }
    }
  });
}
