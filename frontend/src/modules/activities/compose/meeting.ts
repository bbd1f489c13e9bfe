import i18next from 'i18next';
import type { Detail, Links, Value, Values } from '@/api/types';
import { clockOf, hourAfter, readClock } from '@/lib/clock';
import { dayOf } from '@/lib/format';
import type { Party } from './PartiesInput';
import { FormFault } from './useCompose';

export type MeetingDraft = {
  text: string;
  place: string;
  whole: boolean;
  day: string;
  from: string;
  lastDay: string;
  to: string;
  repeat: string;
  remind: string;
  about: Party[];
  details: string;
};

export const emptyMeeting = (day: string): MeetingDraft => ({
  text: '',
  place: '',
  whole: false,
  day,
  from: '10:00',
  lastDay: '',
  to: '11:00',
  repeat: '',
  remind: '10',
  about: [],
  details: '',
});

/** The end goes along with the beginning, as long as they stand on one day. */
export function begin(form: MeetingDraft, from: string): Partial<MeetingDraft> {
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
export function meetingValues(form: MeetingDraft): Values {
  if (!form.day) throw new FormFault('day', i18next.t('activities:page.noDay'));
  const common = {
    text: form.text.trim(),
    place: form.place.trim() || null,
    repeat: form.repeat || null,
    remind: form.remind || null,
    about: form.about.map((party) => ({ record: party.id })),
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

/** Whoever a list of links names, with what is known of them. */
function parties(value: Value, links: Links): Party[] {
  const ids = Array.isArray(value) ? value.map((row) => String(row.record ?? '')).filter(Boolean) : [];
  return ids.map((id) => ({ id, kind: links[id]?.kind ?? 'company', title: links[id]?.title ?? id }));
}

/** A meeting that is there already, as the form has it. */
export function meetingDraft({ record: row, links }: Detail, timezone: string): MeetingDraft {
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
    about: parties(row.about, links),
    details: text('details'),
  };
}
