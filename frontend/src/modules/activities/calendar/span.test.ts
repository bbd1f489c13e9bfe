import { describe, expect, it } from 'vitest';
import type { CalendarEntry } from '@/api/types';
import { addDays, addMonths, isDay } from '../days';
import { byDay, daysOf, turn } from './span';

describe('days', () => {
  it('are counted without a time zone', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2028-03-31', -1)).toBe('2028-02-29');
  });
  it.each([
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['tomorrow', false],
    ['2026-13-01', false],
  ])('%s', (text, good) => expect(isDay(text)).toBe(good));
});

describe('the calendar', () => {
  it('shows whole weeks of a month, from the first weekday of the country', () => {
    const monday = daysOf('month', '2026-11-22', 1);
    expect([monday[0], monday.at(-1), monday.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    const sunday = daysOf('month', '2026-02-10', 0);
    expect([sunday[0], sunday.at(-1), sunday.length]).toEqual(['2026-02-01', '2026-02-28', 28]);
  });
  it('shows the week of a day', () => {
    expect(daysOf('week', '2026-11-22', 1)).toEqual([16, 17, 18, 19, 20, 21, 22].map((d) => `2026-11-${d}`));
    expect(daysOf('day', '2026-11-22', 1)).toEqual(['2026-11-22']);
  });
  it('turns its pages', () => {
    expect(turn('month', '2026-01-31', 1)).toBe('2026-02-28');
    expect(turn('week', '2026-01-01', -1)).toBe('2025-12-25');
  });
  it('puts what lasts on each of its days, above what has a time', () => {
    const entry = (id: string, day: string, lastDay: string, wholeDay: boolean) =>
      ({ id, day, lastDay, wholeDay }) as CalendarEntry;
    const days = daysOf('week', '2026-11-22', 1);
    const found = byDay(
      [
        entry('fair', '2026-11-14', '2026-11-17', true),
        entry('call', '2026-11-17', '2026-11-17', false),
        entry('own', '2026-11-17', '2026-11-17', true),
      ],
      days,
    );
    expect(days.map((d) => (found.get(d) ?? []).map((e) => e.id).join())).toEqual([
      'fair',
      'fair,own,call',
      '',
      '',
      '',
      '',
      '',
    ]);
  });
});
