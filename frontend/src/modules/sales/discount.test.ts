import { describe, expect, it } from 'vitest';
import { readDiscount } from './discount';

describe('readDiscount', () => {
  const around = { mark: ',', currency: 'EUR', symbol: '€', digits: 2 };
  it.each([
    ['5', 'percent', { by: 'percent', value: '5' }],
    ['5', 'amount', { by: 'amount', value: '5' }],
    ['-5%', 'amount', { by: 'percent', value: '5' }],
    ['2,5 %', 'percent', { by: 'percent', value: '2.5' }],
    ['12 €', 'percent', { by: 'amount', value: '12' }],
    ['12,50 EUR', 'percent', { by: 'amount', value: '12.50' }],
    ['3*4', 'percent', { by: 'percent', value: '12' }],
    ['', 'amount', { by: 'amount', value: '' }],
    ['much', 'percent', undefined],
  ] as const)('%s after %s', (text, by, result) => {
    expect(readDiscount(text, by, around)).toEqual(result);
  });
});
