import { describe, expect, it } from 'vitest';
import { blocksFor, holdBlocks, lookAhead, rangeOf } from './window';

describe('looking ahead', () => {
  it('asks for what comes next the way one scrolls', () => {
    expect(lookAhead(100, 130, 90)).toEqual([100, 190]);
    expect(lookAhead(100, 130, 110)).toEqual([40, 130]);
    expect(lookAhead(10, 40, 20)).toEqual([0, 40]);
    expect(lookAhead(0, 30, 0)).toEqual([0, 30]);
    expect(lookAhead(5000, 5030, 0)).toEqual([5000, 5030]);
  });
});

describe('blocks of a long list', () => {
  it.each([
    [0, 30, 100_000, [0]],
    [90, 120, 100_000, [0, 1]],
    [99_980, 100_010, 100_000, [999]],
    [0, 30, 0, [0]],
    [500, 530, 120, [1]],
  ])('rows %i to %i of %i', (first, last, total, blocks) => expect(blocksFor(first, last, total)).toEqual(blocks));

  it('holds at most five, the needed first', () => {
    let held = [0];
    for (const block of [1, 2, 3, 4, 5]) held = holdBlocks(held, [block]);
    expect(held).toEqual([5, 4, 3, 2, 1]);
    expect(holdBlocks(held, [3])).toEqual([3, 5, 4, 2, 1]);
  });

  it('keeps the same array when nothing changes', () => {
    const held = [1, 0];
    expect(holdBlocks(held, [1])).toBe(held);
  });

  it('selects ranges both ways', () => {
    expect(rangeOf(3, 5)).toEqual([3, 4, 5]);
    expect(rangeOf(5, 3)).toEqual([3, 4, 5]);
  });
});
