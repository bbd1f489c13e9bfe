import type { Row } from '@/api/types';
import { day, dayOf, time } from '@/lib/format';

/** When a meeting is, in words: a day with its times, some days, or from one moment to another. */
export function meetingWhen(row: Row): string {
  const text = (key: string) => String(row[key] ?? '');
  if (row.day) {
    const last = text('lastDay');
    return last && last !== row.day ? `${day(text('day'))} – ${day(last)}` : day(text('day'));
  }
  if (!row.from) return '';
  const [first, last] = [dayOf(text('from')), row.to ? dayOf(text('to')) : ''];
  const end = last && last !== first ? `${day(last)}, ${time(text('to'))}` : row.to ? time(text('to')) : '';
  return `${day(first)}, ${time(text('from'))}${end && ` – ${end}`}`;
}
