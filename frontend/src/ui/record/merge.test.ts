import { describe, expect, test } from 'vitest';
import type { Field, Kind, Row } from '@/api/types';
import { bothRows, equal, markedRows, sides } from './merge';

const field = (key: string, more: Partial<Field> = {}) => ({ key, type: 'text', ...more }) as Field;
const kind = {
  name: 'company',
  module: 'contacts',
  fields: [
    field('name'),
    field('number'),
    field('vat'),
    field('emails', { type: 'list', fields: [field('type'), field('value')] }),
    field('email', { mirror: 'emails.value' }),
    field('revenue', { type: 'money', currency: 'revenueCurrency' }),
    field('revenueCurrency', { type: 'currency' }),
    field('subtotal', { readOnly: true }),
  ],
} as unknown as Kind;
const row = (values: object) => ({ id: '1', kind: 'company', version: 1, label: '', ...values }) as Row;
const mail = (value: string, type: string | null = null) => ({ type, value });

describe('sides', () => {
  const was = row({ name: 'A', number: '1', vat: '', emails: [mail('a@x')], email: 'a@x', revenue: '5.00' });
  test('what both changed is disputed, what one changed is merged', () => {
    const theirs = row({ ...was, number: '3', vat: 'DE1', subtotal: '9' });
    expect(sides(kind, was, { number: '2', name: 'B' }, theirs)).toEqual({
      disputed: ['number'],
      mine: ['name'],
      theirs: ['vat'],
    });
  });
  test('the same change on both sides is none', () => {
    expect(sides(kind, was, { number: '2' }, row({ ...was, number: '2' })).disputed).toEqual([]);
  });
  test('what follows from another field is not asked about', () => {
    const theirs = row({ ...was, emails: [mail('b@x')], email: 'b@x', revenue: '7', revenueCurrency: 'USD' });
    const mine = { emails: [mail('c@x')], revenue: '6.00', revenueCurrency: 'EUR' };
    expect(sides(kind, was, mine, theirs)).toEqual({ disputed: ['emails', 'revenue'], mine: [], theirs: [] });
  });
  test('an empty part of a typed row says nothing', () => {
    expect(equal([{ value: 'a@x' }], [mail('a@x')])).toBe(true);
    expect(equal('', null)).toBe(true);
  });
});

describe('rows of both sides', () => {
  const was = [mail('a@x'), mail('b@x')];
  test('what either added is there, what either took out is not', () => {
    const both = bothRows(was, [mail('a@x'), mail('b@x'), mail('mine@x')], [mail('b@x'), mail('theirs@x')]);
    expect(both.map((r) => r.value)).toEqual(['b@x', 'mine@x', 'theirs@x']);
  });
  test('what both added is there once', () => {
    expect(bothRows(was, [...was, mail('new@x')], [mail('new@x'), ...was])).toHaveLength(3);
  });
  test('rows are marked against what they were', () => {
    expect(markedRows(was, [mail('b@x'), mail('c@x')])).toEqual([
      { row: mail('b@x'), mark: undefined },
      { row: mail('c@x'), mark: 'added' },
      { row: mail('a@x'), mark: 'removed' },
    ]);
  });
});
