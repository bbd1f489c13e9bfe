import { describe, expect, it } from 'vitest';
import { readNumber } from './number';

const german: [string, string | undefined][] = [
  ['1.234,56', '1234.56'],
  ['1,234.56', '1234.56'],
  ['1.234', '1234'],
  ['1,234', '1.234'],
  ['12,5', '12.5'],
  ['12.5', '12.5'],
  ['0.125', '0.125'],
  [',5', '0.5'],
  ['-12,50', '-12.50'],
  ['−3', '-3'],
  ['1 234 567,8', '1234567.8'],
  ["1'234.50", '1234.50'],
  ['12,34,567.80', '1234567.80'],
  ['1.234.567', '1234567'],
  ['007', '7'],
  ['1234.567', '1234.567'],
  ['1.23.456', undefined],
  ['abc', undefined],
  ['', undefined],
  ['-', undefined],
  ['1,2,3', undefined],
];

describe('numbers as people type them', () => {
  it.each(german)('%s in German is %s', (text, value) => expect(readNumber(text, ',')).toBe(value));

  it('takes the locale where a mark could be both', () => {
    expect(readNumber('1,234', '.')).toBe('1234');
    expect(readNumber('1.234', '.')).toBe('1.234');
  });
});
