import { describe, expect, it } from 'vitest';
import { compose, type Filter } from './filter';
import { readFilter } from './filterText';
import { add, headOf, joinable, joinNext, pair, put, setHead, ungroup } from './filterTree';

const tree = (where: string) => {
  const read = readFilter(where);
  if (!read) throw new Error(where);
  return read;
};
const part = (where: string) => tree(where).parts[0] as Filter;

describe('filter tree', () => {
  it.each([
    ['a = 1 and b = 2', [1], 'a = 1 and c = 3'],
    ['a = 1 and (b = 2 or d = 4)', [1, 0], 'a = 1 and (c = 3 or d = 4)'],
  ])('replaces in %s', (where, path, wanted) => expect(compose(put(tree(where), path, part('c = 3')))).toBe(wanted));

  it.each([
    ['a = 1 and b = 2', [0], 'b = 2'],
    ['a = 1', [0], ''],
    ['a = 1 and (b = 2 or d = 4)', [1, 0], 'a = 1 and d = 4'],
    ['a = 1 and not (b = 2 or d = 4)', [1, 1], 'a = 1 and not b = 2'],
    ['not (a = 1 or b = 2)', [0], 'not b = 2'],
    ['a = 1 and (b = 2 or (c = 3 and d = 4))', [0], 'b = 2 or (c = 3 and d = 4)'],
  ])('removes from %s', (where, path, wanted) => expect(compose(put(tree(where), path))).toBe(wanted));

  it.each([
    ['', [], 'c = 3'],
    ['a = 1', [], 'a = 1 and c = 3'],
    ['a = 1 or b = 2', [], 'a = 1 or b = 2 or c = 3'],
    ['a = 1 and (b = 2 or d = 4)', [1], 'a = 1 and (b = 2 or d = 4 or c = 3)'],
  ])('adds to %s', (where, path, wanted) => expect(compose(add(tree(where), path, part('c = 3')))).toBe(wanted));

  it('gives a part an alternative', () => {
    expect(compose(pair(tree('a = 1 and b = 2'), [1], part('c = 3')))).toBe('a = 1 and (b = 2 or c = 3)');
    expect(compose(pair(tree('a = 1'), [0], part('c = 3')))).toBe('a = 1 or c = 3');
    expect(compose(pair(tree('a = 1 and (b = 2 or d = 4)'), [1, 1], part('c = 3')))).toBe(
      'a = 1 and (b = 2 or (d = 4 and c = 3))',
    );
  });

  it('groups two parts and takes a group apart again', () => {
    const three = tree('a = 1 and b = 2 and c = 3');
    expect(joinable(three, 1)).toBe(true);
    expect(joinable(three, 2)).toBe(false);
    expect(joinable(tree('a = 1 and b = 2'), 0)).toBe(false);
    const grouped = joinNext(three, [1]);
    expect(compose(grouped)).toBe('a = 1 and (b = 2 or c = 3)');
    expect(compose(ungroup(grouped, [1]))).toBe('a = 1 and b = 2 and c = 3');
    expect(compose(ungroup(tree('a = 1 and not (b = 2 or not c = 3)'), [1]))).toBe('a = 1 and not b = 2 and c = 3');
  });

  it('says all, any, none and not all', () => {
    const two = tree('a = 1 and b = 2');
    expect(headOf(two)).toBe('all');
    expect(compose(setHead(two, [], 'any'))).toBe('a = 1 or b = 2');
    expect(compose(setHead(two, [], 'none'))).toBe('not (a = 1 or b = 2)');
    expect(compose(setHead(two, [], 'some'))).toBe('not (a = 1 and b = 2)');
    expect(compose(setHead(tree('a = 1 and (b = 2 or c = 3)'), [1], 'none'))).toBe('a = 1 and not (b = 2 or c = 3)');
  });
});
