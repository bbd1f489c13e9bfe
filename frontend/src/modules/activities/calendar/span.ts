import type { CalendarEntry } from '@/api/types';
import { addDays, addMonths, dayMonth, inWords, monthName, weekday } from '../days';

export type View = 'month' | 'week' | 'day';
export const views: View[] = ['month', 'week', 'day'];
export const viewOf = (text: string | undefined): View => views.find((v) => v === text) ?? 'month';

/** The days that a view shows: of a month its whole weeks. */
export function daysOf(view: View, date: string, firstWeekday: number): string[] {
  if (view === 'day') return [date];
  const start = view === 'week' ? date : `${date.slice(0, 7)}-01`;
  const first = addDays(start, -((weekday(start) - firstWeekday + 7) % 7));
  const end = view === 'week' ? addDays(first, 7) : addMonths(start, 1);
  const days: string[] = [];
  for (let day = first; day < end || days.length % 7 > 0; day = addDays(day, 1)) days.push(day);
  return days;
}

export function turn(view: View, date: string, by: 1 | -1): string {
  if (view === 'month') return addMonths(date, by);
  return addDays(date, view === 'week' ? 7 * by : by);
}

export function nameOf(view: View, date: string, days: string[]): string {
  if (view === 'month') return monthName(date);
  if (view === 'day') return inWords(date);
  const last = days[days.length - 1] ?? date;
  return `${dayMonth(days[0] ?? date)} – ${dayMonth(last)} ${last.slice(0, 4)}`;
}

/** The entries of each day; what lasts for several stands on each of them. */
export function byDay(entries: CalendarEntry[], days: string[]): Map<string, CalendarEntry[]> {
  const all = new Map(days.map((day) => [day, [] as CalendarEntry[]]));
  for (const entry of entries) {
    for (const day of days) if (entry.day <= day && day <= entry.lastDay) all.get(day)?.push(entry);
  }
  for (const list of all.values()) list.sort((a, b) => top(b) - top(a));
  return all;
}

/** Whole days stand on top, and what began on a day before; what is done stands below. */
const top = (entry: CalendarEntry) => (entry.done ? 0 : entry.wholeDay || entry.day !== entry.lastDay ? 2 : 1);
