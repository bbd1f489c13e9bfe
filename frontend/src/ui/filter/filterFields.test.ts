import { describe, expect, it } from 'vitest';
import type { Kind } from '@/api/types';
import { compose } from '@/lib/filter';
import { readFilter } from '@/lib/filterText';
import { readRelative, writeRelative } from './days';
import { filterFields, findField } from './filterFields';
import { lostFields, withoutLost } from './lost';

const kind = (name: string, fields: Kind['fields']): Kind => ({
  name,
  module: name,
  title: 'name',
  list: ['name'],
  sort: 'name',
  fields,
});
const company = kind('company', [
  { key: 'name', type: 'text' },
  { key: 'country', type: 'country' },
  { key: 'tags', alias: 'tag', type: 'list', fields: [{ key: 'value', type: 'text' }] },
  { key: 'assigned', type: 'link', targets: ['user'] },
]);
const person = kind('person', [
  { key: 'name', type: 'text' },
  { key: 'company', type: 'link', targets: ['company'] },
  {
    key: 'roles',
    type: 'list',
    fields: [
      { key: 'company', type: 'link', targets: ['company'] },
      { key: 'role', type: 'text' },
    ],
  },
]);
const kinds = [company, person];

describe('fields of a filter', () => {
  it('offers own, listed and linked fields', () => {
    const paths = filterFields(kinds, person).map((p) => p.path);
    expect(paths).toEqual([
      'name',
      'company',
      'createdAt',
      'updatedAt',
      'roles.company',
      'roles.role',
      'company.name',
      'company.country',
      'company.tag',
      'company.assigned',
      'roles.company.name',
      'roles.company.country',
      'roles.company.tag',
      'roles.company.assigned',
    ]);
  });

  it.each([
    ['roles.company.tag', 'text', 'company'],
    ['company.country', 'country', 'company'],
    ['roles.role', 'text', 'person'],
    ['company.createdAt', 'instant', 'company'],
  ])('follows %s', (path, type, of) => {
    const found = findField(kinds, person, path);
    expect(found).toMatchObject({ path, field: { type }, kind: { name: of } });
  });

  it.each([
    ['branch', 'missing'],
    ['company.branch', 'missing'],
    ['roles.branch', 'missing'],
    ['name.first', 'missing'],
    ['company.assigned.name', 'unknown'],
    ['id', 'unknown'],
  ])('knows that %s is %s', (path, what) => expect(findField(kinds, person, path)).toBe(what));

  it('names lost fields and takes them out', () => {
    const filter = readFilter('name = "a" and (branch = "b" or country = "DE") and not x.y is empty');
    expect(lostFields(kinds, company, filter)).toEqual(['Branch', 'x.y']);
    expect(filter && compose(withoutLost(kinds, company, filter))).toBe('name = "a" and country = "DE"');
    const all = readFilter('branch = "b"');
    expect(all && compose(withoutLost(kinds, company, all))).toBe('');
  });
});

describe('days seen from today', () => {
  it.each(['today', 'today-7d', 'today+1m', 'today-99999y'])('reads and writes %s', (text) => {
    const read = readRelative(text);
    expect(read && writeRelative(read)).toBe(text);
  });
  it.each(['2026-01-31', 'today-7', 'tomorrow', ''])('leaves %s alone', (text) =>
    expect(readRelative(text)).toBeUndefined(),
  );
});
