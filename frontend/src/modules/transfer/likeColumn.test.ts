import { expect, it } from 'vitest';
import { likeColumn } from './likeColumn';

it.each([
  [['12', '7', ''], 'number', '0'],
  [['12,50', '7'], 'number', '2'],
  [['1.200', '13.000'], 'number', '0'],
  [['0451', '0812'], 'text', undefined],
  [['28.02.2027', '2027-01-05'], 'date', undefined],
  [['a@b.example'], 'email', undefined],
  [['www.b.example', 'https://c.example'], 'url', undefined],
  [['one\ntwo'], 'longtext', undefined],
  [['12', 'many'], 'text', undefined],
  [[], 'text', undefined],
])('%j looks like %s', (samples, type, digits) => {
  expect(likeColumn('Column', samples)).toEqual({ label: 'Column', type, ...(digits ? { digits } : {}) });
});
