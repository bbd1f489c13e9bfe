import { beforeEach, describe, expect, it } from 'vitest';
import { readDay } from './day';
import {
  ago,
  day,
  dayHead,
  dayOf,
  dayPattern,
  decimalMark,
  editable,
  money,
  number,
  pickLocale,
  setFormat,
  time,
} from './format';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formats', () => {
  beforeEach(() => setFormat({ locale: 'de-DE', timezone: 'Europe/Berlin' }));

  it('writes German amounts, numbers and days', () => {
    expect(plain(money('1234.5', 'EUR'))).toBe('1.234,50 €');
    expect(plain(money('1234', 'JPY'))).toMatch(/^1\.234 ¥$/);
    expect(number('1234567.25')).toBe('1.234.567,25');
    expect(number('99999999999999.99')).toBe('99.999.999.999.999,99');
    expect(day('2026-03-04')).toBe('4. März 2026');
    expect(dayPattern()).toBe('DD.MM.YYYY');
    expect(decimalMark()).toBe(',');
    expect(editable('12.5')).toBe('12,5');
  });

  it('changes with the locale', () => {
    setFormat({ locale: 'en-GB' });
    expect(money('1234.5', 'EUR')).toBe('€1,234.50');
    expect(day('2026-03-04')).toBe('4 Mar 2026');
    expect(dayPattern()).toBe('DD/MM/YYYY');
  });

  it('knows the day and time of the workspace, also at the turn of the year', () => {
    expect(dayOf('2026-12-31T23:30:00.000Z')).toBe('2027-01-01');
    expect(time('2026-12-31T23:30:00.000Z')).toBe('00:30');
    expect(dayOf('2026-03-29T01:30:00.000Z')).toBe('2026-03-29');
  });

  it('heads days by word, weekday and date', () => {
    expect(dayHead('2026-11-21', '2026-11-21')).toBe('Heute');
    expect(dayHead('2026-11-20', '2026-11-21')).toBe('Gestern');
    expect(dayHead('2026-11-17', '2026-11-21')).toBe('Dienstag, 17. November');
    expect(dayHead('2025-10-22', '2026-11-21')).toBe('Mittwoch, 22. Oktober 2025');
  });

  it('says how long ago', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    expect(ago('2026-11-21T11:58:00Z', now)).toBe('vor 2 Minuten');
    expect(ago('2026-09-21T12:00:00Z', now)).toBe('vor 2 Monaten');
  });

  it('prefers the locale of the browser in the language spoken', () => {
    expect(pickLocale('en', 'DE', ['de-DE', 'en-GB'])).toBe('en-GB');
    expect(pickLocale('de', 'AT', ['en-GB'])).toBe('de-AT');
    expect(pickLocale('en', '', [])).toBe('en');
  });
});

describe('typed days', () => {
  it.each([
    ['4.3.2026', 'DD.MM.YYYY', '2026-03-04'],
    ['04/03/2026', 'MM/DD/YYYY', '2026-04-03'],
    ['2026-3-4', 'DD.MM.YYYY', '2026-03-04'],
    ['14.3.81', 'DD.MM.YYYY', '1981-03-14'],
    ['29.2.2024', 'DD.MM.YYYY', '2024-02-29'],
    ['29.2.2026', 'DD.MM.YYYY', undefined],
    ['32.1.2026', 'DD.MM.YYYY', undefined],
    ['soon', 'DD.MM.YYYY', undefined],
  ])('%s as %s is %s', (text, pattern, value) => expect(readDay(text, pattern)).toBe(value));
});
