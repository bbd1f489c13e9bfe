import i18next from 'i18next';
import type { CalendarEntry, Links, Row, TodaySection } from '@/api/types';
import { ago, day, time } from '@/lib/format';
import { listPath, recordPath } from '@/lib/nav';
import { titleOf } from '@/lib/words';
import { dayWord } from '../days';

/** One row of Today: what, about whom, when. */
export type Item = {
  key: string;
  id: string;
  kind: string;
  title: string;
  to: string;
  about: { title: string; to?: string }[];
  when: string;
  repeats: boolean;
  version?: number;
  /** A task can be settled in its place. */
  task: boolean;
};

const maxAbout = 2;

function named(ids: unknown[], links: Links): Item['about'] {
  const all = ids.flatMap((id) => {
    const link = typeof id === 'string' ? links[id] : undefined;
    return link ? [{ title: link.title, to: recordPath(link.kind, String(id)) }] : [];
  });
  return all.slice(0, maxAbout);
}

function about(row: Row, links: Links): Item['about'] {
  if (row.kind === 'task') return named([row.about], links);
  if (row.kind === 'quotation') return named([row.company ?? row.person], links);
  const linked = Array.isArray(row.links) ? row.links.map((l) => l.record) : [];
  const found = named([...new Set(linked)], links);
  const sender = String(row.fromName || row.from || '');
  return found.length > 0 || !sender ? found : [{ title: sender }];
}

function when(section: TodaySection['key'], row: Row, now: string): string {
  switch (section) {
    case 'overdue':
      return dayWord(String(row.due), now);
    case 'due':
      return String(row.time ?? '');
    case 'chase':
      return i18next.t('activities:page.today.validUntil', { day: day(String(row.validUntil)) });
    case 'replies':
      return ago(String(row.at));
    default:
      return ago(String(row.updatedAt));
  }
}

function ofEntry(entry: CalendarEntry, links: Links, now: string): Item {
  const from = entry.start ? time(entry.start) : i18next.t('activities:page.wholeDay');
  const clock = entry.start && entry.end ? `${from} – ${time(entry.end)}` : from;
  return {
    key: `meetings/${entry.id}/${entry.day}`,
    id: entry.id,
    kind: entry.kind,
    title: entry.title,
    to: recordPath(entry.kind, entry.id),
    about: named(entry.about, links),
    when: entry.day <= now ? clock : `${dayWord(entry.day, now)}, ${from}`,
    repeats: Boolean(entry.repeat),
    task: false,
  };
}

export function itemsOf(section: TodaySection, links: Links, now: string): Item[] {
  if (section.entries.length > 0) return section.entries.map((entry) => ofEntry(entry, links, now));
  return section.rows.map((row) => ({
    key: `${section.key}/${row.id}`,
    id: row.id,
    kind: row.kind,
    title: titleOf(row) || i18next.t('activities:page.untitled'),
    to: recordPath(row.kind, row.id),
    about: about(row, links),
    when: when(section.key, row, now),
    repeats: Boolean(row.repeat),
    version: row.version,
    task: row.kind === 'task',
  }));
}

/** The list behind a section. */
export const behind = (section: TodaySection) =>
  section.key === 'meetings' ? '/calendar' : listPath(section.kind, { where: section.where, sort: section.sort });
