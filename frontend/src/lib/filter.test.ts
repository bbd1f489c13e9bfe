import { describe, expect, it } from 'vitest';
import type { Field } from '@/api/types';
import { both, type Condition, clickSort, compose, normalise, opsFor, readFilter, readSort, writeSort } from './filter';

const fields: Field[] = [
  { key: 'name', type: 'text' },
  { key: 'country', type: 'country' },
  { key: 'revenue', type: 'money' },
  { key: 'customerSince', type: 'date' },
  { key: 'company', type: 'link', targets: ['company'] },
  { key: 'active', type: 'yesno' },
];

const cases: [string, Condition[]][] = [
  ['name ~ "Leeds"', [{ field: 'name', op: '~', values: ['Leeds'] }]],
  ['name ^ "say \\"hi\\" \\\\ now"', [{ field: 'name', op: '^', values: ['say "hi" \\ now'] }]],
  [
    'revenue >= 12.5 and revenue < -3',
    [
      { field: 'revenue', op: '>=', values: ['12.5'] },
      { field: 'revenue', op: '<', values: ['-3'] },
    ],
  ],
  ['country in ("DE", "AT")', [{ field: 'country', op: 'in', values: ['DE', 'AT'] }]],
  [
    'name is empty and company is not empty',
    [
      { field: 'name', op: 'empty', values: [] },
      { field: 'company', op: 'filled', values: [] },
    ],
  ],
  ['customerSince >= 2026-01-31', [{ field: 'customerSince', op: '>=', values: ['2026-01-31'] }]],
  ['customerSince >= today-7d', [{ field: 'customerSince', op: '>=', values: ['today-7d'] }]],
  ['active = true', [{ field: 'active', op: '=', values: ['true'] }]],
  ['company = "0CN1YRX2WCRK2"', [{ field: 'company', op: '=', values: ['0CN1YRX2WCRK2'] }]],
  ['not name ~ "Ltd"', [{ field: 'name', op: '~', values: ['Ltd'], not: true }]],
  [
    'not country in ("DE", "AT") and name in ("a", "b, c") and not revenue is empty',
    [
      { field: 'country', op: 'in', values: ['DE', 'AT'], not: true },
      { field: 'name', op: 'in', values: ['a', 'b, c'] },
      { field: 'revenue', op: 'empty', values: [], not: true },
    ],
  ],
  ['name = "2026-01-31"', [{ field: 'name', op: '=', values: ['2026-01-31'] }]],
];

describe('filter', () => {
  it.each(cases)('composes and reads %s', (text, conditions) => {
    expect(compose(conditions, fields)).toBe(text);
    expect(readFilter(text)).toEqual(conditions);
  });

  it('writes one choice as equality and reads it back as a choice', () => {
    const one: Condition = { field: 'country', op: 'in', values: ['DE'] };
    expect(compose([one], fields)).toBe('country = "DE"');
    const [read] = readFilter('country = "DE"') ?? [];
    expect(read && normalise(read, 'country')).toEqual(one);
  });

  it.each([
    'name = "a" or name = "b"',
    'not not name = "a"',
    'not (name = "a")',
    '(name = "a")',
    'name =',
    'name = "a" name = "b"',
    'name in ("a"',
    '"name" = 3',
    'name = "open',
  ])('leaves %s as text', (text) => expect(readFilter(text)).toBeUndefined());

  it('reads nothing from nothing', () => expect(readFilter('  ')).toEqual([]));

  it('joins two filters without letting an "or" out', () => {
    expect(both('', 'a = 1')).toBe('a = 1');
    expect(both('name ~ "x"', 'a = 1 or b = 2')).toBe('name ~ "x" and (a = 1 or b = 2)');
  });

  it('offers every type a comparison', () => {
    for (const field of fields) expect(opsFor(field.type).length).toBeGreaterThan(0);
  });
});

describe('sort', () => {
  it('reads and writes the form of the API', () => {
    expect(readSort('-name, city')).toEqual([
      { key: 'name', down: true },
      { key: 'city', down: false },
    ]);
    expect(writeSort(readSort('-name,city'))).toBe('-name,city');
  });

  it('goes up, down and away by clicks, and adds with Shift', () => {
    const up = clickSort([], 'name', false);
    expect(writeSort(up)).toBe('name');
    const down = clickSort(up, 'name', false);
    expect(writeSort(down)).toBe('-name');
    expect(writeSort(clickSort(down, 'name', false))).toBe('');
    expect(writeSort(clickSort(down, 'city', true))).toBe('-name,city');
    expect(writeSort(clickSort(clickSort(down, 'city', true), 'name', true))).toBe('city');
  });
});
