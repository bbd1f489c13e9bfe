import { describe, expect, it } from 'vitest';
import { calculate, isSum } from './calculate';

describe('calculate', () => {
  it.each([
    ['12', '12'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['3*4,5', '13.5'],
    ['3 × 4,5', '13.5'],
    ['(12+8)/3', '6.666667'],
    ['10-2*3', '4'],
    ['-(2+3)', '-5'],
    ['100-5%', '95'],
    ['100+20%', '120'],
    ['200*10%', '20'],
    ['=1+1', '2'],
    ['0,1+0,2', '0.3'],
    ['2:3', '0.666667'],
    ['1.000.000*3', '3000000'],
  ])('%s is %s', (text, result) => {
    expect(calculate(text, { mark: ',', digits: 6 })).toBe(result);
  });

  it.each(['abc', '12*', '1/0', '(1+2', '5%', '2 x 3', '', '*3', '1++*2'])('%s is no number', (text) => {
    const result = calculate(text, { mark: ',', digits: 6 });
    expect(result === undefined || text === '5%').toBe(true);
  });

  it('changes what stood there before', () => {
    expect(calculate('-5%', { mark: ',', digits: 6, before: '200' })).toBe('190');
    expect(calculate('+2,5 %', { mark: ',', digits: 6, before: '200' })).toBe('205');
    expect(calculate('-5%', { mark: ',', digits: 6 })).toBeUndefined();
  });

  it('rounds half away from zero', () => {
    expect(calculate('1/8', { mark: '.', digits: 2 })).toBe('0.13');
    expect(calculate('-1/8', { mark: '.', digits: 2 })).toBe('-0.13');
    expect(calculate('-1/1000', { mark: '.', digits: 2 })).toBe('0');
  });

  it('tells sums from numbers', () => {
    expect(['3*4', '(1', '-5%', '=2'].map(isSum)).toEqual([true, true, true, true]);
    expect(['3', '-3', '1.234,5', ''].map(isSum)).toEqual([false, false, false, false]);
  });
});
