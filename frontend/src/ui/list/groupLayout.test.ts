import { describe, expect, it } from 'vitest';
import { blocksIn, layOut, spanAt } from './groupLayout';

describe('groups in a table', () => {
  // Heads at 0, 4, 5 and 256; the second is folded.
  const layout = layOut([3, 1000, 250, 1], (i) => i !== 1);

  it('counts heads and the rows of open groups', () => {
    expect(layout.spans.map((s) => s.start)).toEqual([0, 4, 5, 256]);
    expect(layout.total).toBe(258);
    expect(layOut([], () => true)).toEqual({ spans: [], total: 0 });
  });

  it('finds the group of a line', () => {
    expect([0, 3, 4, 5, 255, 256, 257].map((line) => spanAt(layout, line)?.index)).toEqual([0, 0, 1, 2, 2, 3, 3]);
    expect(spanAt(layout, 258)).toBeUndefined();
    expect(spanAt(layout, -1)).toBeUndefined();
  });

  it('asks for the blocks of open groups only', () => {
    expect(blocksIn(layout, 0, 30)).toEqual([
      { group: 0, block: 0 },
      { group: 2, block: 0 },
    ]);
    expect(blocksIn(layout, 4, 5)).toEqual([]);
    expect(blocksIn(layout, 100, 300)).toEqual([
      { group: 2, block: 0 },
      { group: 2, block: 1 },
      { group: 2, block: 2 },
      { group: 3, block: 0 },
    ]);
    expect(
      blocksIn(
        layOut([], () => true),
        0,
        30,
      ),
    ).toEqual([]);
  });
});
