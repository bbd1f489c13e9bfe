import { dayHead, locale } from '@/lib/format';

/** Days are text, YYYY-MM-DD, and have no time zone: they are counted at noon in UTC. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const text = (date: Date) => date.toISOString().slice(0, 10);

export const isDay = (value: string | undefined): value is string =>
  value !== undefined &&
  /^[1-9]\d{3}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(noon(value).getTime()) &&
  text(noon(value)) === value;

export function addDays(day: string, count: number): string {
  const date = noon(day);
  date.setUTCDate(date.getUTCDate() + count);
  return text(date);
}

/** The same day of another month, or its last one. */
export function addMonths(day: string, count: number): string {
  const date = noon(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count + 1, 0);
  date.setUTCDate(Math.min(wanted, date.getUTCDate()));
  return text(date);
}

/** 0 is Sunday. */
export const weekday = (day: string) => noon(day).getUTCDay();

const formats = new Map<string, Intl.DateTimeFormat>();

function format(day: string, options: Intl.DateTimeFormatOptions): string {
  const key = locale() + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', ...options });
    formats.set(key, made);
  }
  return made.format(noon(day));
}

export const inWords = (day: string) =>
  format(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = (day: string) => format(day, { weekday: 'short', day: 'numeric', month: 'short' });
/** A day in a row: one of those around today by its name, the others short. */
export function dayWord(day: string, now: string): string {
  const near = [addDays(now, -1), now, addDays(now, 1)].includes(day);
  return near ? dayHead(day, now) : shortDay(day);
}
export const weekdayName = (day: string) => format(day, { weekday: 'short' });
export const monthName = (day: string) => format(day, { month: 'long', year: 'numeric' });
export const dayMonth = (day: string) => format(day, { day: 'numeric', month: 'short' });
