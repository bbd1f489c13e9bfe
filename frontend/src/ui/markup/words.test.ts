import { describe, expect, it } from 'vitest';
// The program strips marks of what it finds and calls records by; both readers are held to one table.
import cases from '../../../../app/record/testdata/marks.json';
import { plainOf } from './words';

describe('words without marks', () => {
  it.each(cases)('%j', (text, want) => {
    expect(plainOf(text ?? '')).toBe(want);
  });
});
