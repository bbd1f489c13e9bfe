import i18next from 'i18next';
import type { Row, Values } from '@/api/types';
import { clockOf, hourAfter, readClock } from '@/lib/clock';
import { dayOf } from '@/lib/format';
import { FormFault } from './useCompose';

export type MeetingForm = {
  text: string;
  place: string;
  whole: boolean;
  day: string;
  from: string;
  lastDay: string;
  to: string;
  repeat: string;
  remind: string;
  details: string;
};

export const emptyMeeting = (day: string): MeetingForm => ({
  text: '',
  place: '',
  whole: false,
  day,
  from: '10:00',
  lastDay: '',
  to: '11:00',
  repeat: '',
  remind: '10',
  details: '',
});

export const meetingFields = ['text', 'place', 'day', 'from', 'lastDay', 'to', 'repeat', 'remind', 'details'];

/** The end goes along with the beginning, as long as they stand on one day. */
export function begin(form: MeetingForm, from: string): Partial<MeetingForm> {
  const clock = readClock(from);
  const end = readClock(form.to);
  return clock && (!end || end <= clock) ? { from, to: hourAfter(clock) } : { from };
}

function clock(field: string, text: string): string {
  const read = readClock(text);
  if (!read) throw new FormFault(field, i18next.t('activities:page.noClock', { text: text.trim() }));
  return read;
}

/** Times are those of the workspace: Kontor reads what has no zone so. */
export function meetingValues(form: MeetingForm): Values {
  if (!form.day) throw new FormFault('day', i18next.t('activities:page.noDay'));
  const common = {
    text: form.text.trim(),
    place: form.place.trim() || null,
    repeat: form.repeat || null,
    remind: form.remind || null,
    details: form.details.trim() || null,
  };
  if (form.whole) return { ...common, day: form.day, lastDay: form.lastDay || form.day };
  return {
    ...common,
    day: null,
    from: `${form.day}T${clock('from', form.from)}`,
    to: `${form.lastDay || form.day}T${clock('to', form.to)}`,
  };
}

/** The form of a meeting that is there already. */
export function meetingForm(row: Row, timezone: string): MeetingForm {
  const text = (key: string) => String(row[key] ?? '');
  const whole = Boolean(row.day);
  const first = whole ? text('day') : dayOf(text('from'));
  const last = whole ? text('lastDay') : dayOf(text('to'));
  return {
    text: text('text'),
    place: text('place'),
    whole,
    day: first,
    lastDay: last === first ? '' : last,
    from: whole ? '10:00' : clockOf(text('from'), timezone),
    to: whole ? '11:00' : clockOf(text('to'), timezone),
    repeat: text('repeat'),
    remind: text('remind'),
    details: text('details'),
  };
}
