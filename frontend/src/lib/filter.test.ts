import { describe, expect, it } from 'vitest';
import type { FieldType } from '@/api/types';
import corpus from '../../../app/api/testdata/filters.json';
import {
  both,
  type Condition,
  clickSort,
  compose,
  type Filter,
  type Group,
  isGroup,
  literal,
  me,
  normalise,
  opsFor,
  readSort,
  writeSort,
} from './filter';
import { readFilter } from './filterText';

const c = (field: string, op: Condition['op'], ...values: Condition['values']): Condition => ({ field, op, values });
const all = (...parts: Filter[]): Group => ({ join: 'and', parts });
const any = (...parts: Filter[]): Group => ({ join: 'or', parts });
const not = <F extends Filter>(filter: F): F => ({ ...filter, not: true });
const text = (value: string) => ({ text: value });
const bare = (value: string) => ({ text: value, bare: true });

const cases: [string, Group][] = [
  ['name ~ "Leeds"', all(c('name', '~', text('Leeds')))],
  ['name ^ "say \\"hi\\" \\\\ now"', all(c('name', '^', text('say "hi" \\ now')))],
  ['revenue >= 12.5 and revenue < -3', all(c('revenue', '>=', bare('12.5')), c('revenue', '<', bare('-3')))],
  ['country in ("DE", "AT")', all(c('country', 'in', text('DE'), text('AT')))],
  ['name is empty and company is not empty', all(c('name', 'empty'), c('company', 'filled'))],
  ['customerSince >= today-7d', all(c('customerSince', '>=', bare('today-7d')))],
  ['assigned = me or assigned = "me"', any(c('assigned', '=', me), c('assigned', '=', text('me')))],
  ['not name ~ "Ltd"', all(not(c('name', '~', text('Ltd'))))],
  ['not name is empty', all(not(c('name', 'empty')))],
  [
    'city = "Leeds" and not (revenue < 1000 or email is empty)',
    all(c('city', '=', text('Leeds')), not(any(c('revenue', '<', bare('1000')), c('email', 'empty')))),
  ],
  [
    '(city = "Ulm" and active = true) or roles.company.name ^ "A"',
    any(all(c('city', '=', text('Ulm')), c('active', '=', bare('true'))), c('roles.company.name', '^', text('A'))),
  ],
  ['not (a = 1 and b = 2)', not(all(c('a', '=', bare('1')), c('b', '=', bare('2'))))],
];

describe('filter', () => {
  it.each(cases)('composes and reads %s', (where, tree) => {
    expect(compose(tree)).toBe(where);
    expect(readFilter(where)).toEqual(tree);
  });

  it.each([
    ['((a = 1))', 'a = 1'],
    ['not not a = 1', 'a = 1'],
    ['not (not (a = 1 or b = 2))', 'a = 1 or b = 2'],
    ['a = 1 AND b = ToDay OR c IS NOT EMPTY', '(a = 1 and b = today) or c is not empty'],
    ['a in ("x")', 'a = "x"'],
    [' \ta="x"\nand(b=2) ', 'a = "x" and b = 2'],
  ])('writes %s as %s', (where, plain) => expect(compose(readFilter(where) ?? all())).toBe(plain));

  it.each([
    'name =',
    'name = "a" name = "b"',
    'name in ("a"',
    'name in ()',
    '"name" = 3',
    'name = "open',
    'name = soon',
    'and = 3',
    '(a = 1',
    'a = 1)',
    'a = today-7',
    'a ! 3',
    'not',
  ])('leaves %s to the server', (where) => expect(readFilter(where)).toBeUndefined());

  it('reads nothing from nothing', () => expect(readFilter('  ')).toEqual(all()));

  it('loses nothing of generated trees', () => {
    const pick = generator(20_261_122);
    for (let i = 0; i < 2000; i += 1) {
      const tree = anyGroup(pick, 3);
      expect(readFilter(compose(tree))).toEqual(tree);
    }
  });

  it.each(corpus.map(({ where, tree }) => [where, tree as Node] as const))(
    'reads as the server does: %s',
    (where, tree) => {
      const read = readFilter(where) ?? all();
      expect(alike(read)).toEqual(rooted(ofServer(tree)));
      expect(readFilter(compose(read))).toEqual(read);
    },
  );

  it('joins two filters without letting an "or" out', () => {
    expect(both('', 'a = 1')).toBe('a = 1');
    expect(both('name ~ "x"', 'a = 1 or b = 2')).toBe('name ~ "x" and (a = 1 or b = 2)');
  });

  it('reads one value of a choice back as a choice', () => {
    expect(normalise(c('country', '=', text('DE')), 'country')).toEqual(c('country', 'in', text('DE')));
    expect(normalise(c('name', '=', text('DE')), 'text').op).toBe('=');
  });

  it('quotes what is typed unless the type takes it bare', () => {
    expect(literal('2026-01-31', 'date')).toEqual(bare('2026-01-31'));
    expect(literal('2026-01-31', 'text')).toEqual(text('2026-01-31'));
    expect(literal('soon', 'date')).toEqual(text('soon'));
    expect(literal('me', 'link')).toEqual(text('me'));
  });

  it('offers every type a comparison', () => {
    for (const type of ['text', 'money', 'date', 'yesno', 'choice', 'link', 'currency'] satisfies FieldType[])
      expect(opsFor(type).length).toBeGreaterThan(0);
  });
});

/** A filter as the server takes it apart (app/api, Node). */
type Node = { op: string; parts?: Node[]; field?: string; values?: string[]; form?: string };

function ofServer(node: Node): Filter {
  const parts = (node.parts ?? []).map(ofServer);
  const [only] = parts;
  if (node.op === 'not' && only) return turned(only);
  if (node.op === 'and' || node.op === 'or') return { join: node.op, parts };
  const values = (node.values ?? []).map((value) =>
    node.form === 'text'
      ? text(value)
      : bare(node.form === 'day' ? (value === '0d' ? 'today' : `today${value}`) : value),
  );
  return { field: node.field ?? '', op: node.op as Condition['op'], values };
}

function turned(filter: Filter): Filter {
  const { not: was, ...plain } = filter;
  return was ? plain : not(plain);
}

/** "is not empty" and "not … is empty" are one tree there, and two ways of saying it here. */
function alike(filter: Filter): Filter {
  if (isGroup(filter)) return { ...filter, parts: filter.parts.map(alike) };
  return filter.op === 'filled' ? turned({ ...filter, op: 'empty' }) : filter;
}

const rooted = (filter: Filter): Group => (isGroup(filter) ? filter : all(filter));

type Pick = <T>(from: readonly T[]) => T;

/** The same choices in every run (mulberry32). */
function generator(seed: number): Pick {
  let state = seed;
  return (from) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return from[((t ^ (t >>> 14)) >>> 0) % from.length] as never;
  };
}

const literals = [
  text(''),
  text('Leeds'),
  text('say "hi" \\'),
  text('a) or (b'),
  text('me'),
  text('12'),
  text('Straße\n東京'),
  bare('12.5'),
  bare('-3'),
  bare('2026-01-31'),
  bare('today'),
  bare('today+1m'),
  bare('true'),
  me,
];
const fields = ['name', 'roles.company.name', 'größe', '_x', 'order', 'isEmpty', 'me', 'a1.b2'];
const ops: Condition['op'][] = ['=', '!=', '<', '<=', '>', '>=', '~', '^', 'in', 'empty', 'filled'];

function anyCondition(pick: Pick): Condition {
  const op = pick(ops);
  const count = op === 'empty' || op === 'filled' ? 0 : op === 'in' ? pick([2, 3]) : 1;
  const plain = c(pick(fields), op, ...Array.from({ length: count }, () => pick(literals)));
  return pick([true, false]) ? plain : not(plain);
}

function anyGroup(pick: Pick, depth: number): Group {
  const parts = Array.from({ length: pick([2, 2, 3]) }, () =>
    depth > 0 && pick([true, false, false]) ? anyGroup(pick, depth - 1) : anyCondition(pick),
  );
  const group: Group = { join: pick(['and', 'or'] as const), parts };
  return pick([true, false]) ? group : not(group);
}

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
