// Runs axe on some places of the program, in both schemes at the four sizes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';

const sizes = [
  [390, 800],
  [1024, 700],
  [1440, 900],
  [2560, 1440],
];
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** A place has a name, a path, and what to do there before looking. */
export function accessible(open, places) {
  for (const scheme of ['light', 'dark']) {
    for (const size of sizes) {
      test(`axe, ${scheme}, ${size.join('×')}`, async () => {
        const found = [];
        for (const [name, path, reach] of places) {
          const page = await open(path(), { size, scheme });
          await page.locator('#page h1').waitFor();
          await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
          await reach?.(page);
          const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
          for (const v of violations) {
            const where = v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} (${n.any[0]?.message ?? ''})`);
            found.push(`${name}: ${v.id}: ${where.join(' | ')}`);
          }
          const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
          if (wide) found.push(`${name}: wider than the window`);
          assert.deepEqual(page.faults, []);
          await page.context().close();
        }
        assert.deepEqual(found, []);
      });
    }
  }
}
