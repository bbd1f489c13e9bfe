import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CalendarEntry, Links } from '@/api/types';
import { dayHead, time } from '@/lib/format';
import { href, recordPath } from '@/lib/nav';
import { CalendarIcon, PlusIcon, RepeatIcon } from '@/ui/icons';
import { EmptyState } from '@/ui/States';
import { DoneBox } from '../DoneBox';
import styles from './agenda.module.css';
import { useDone } from './EntryBar';

type Props = {
  days: string[];
  entries: Map<string, CalendarEntry[]>;
  links: Links;
  date: string;
  /** Only days of this month, where it is one. */
  month: string;
  onShow: (entry: CalendarEntry) => void;
  onNew: (day: string) => void;
};

/** The days one under the other, with all that belongs to an entry: a day by itself, and everything on a phone. */
export function Agenda({ days, entries, links, date, month, onShow, onNew }: Props) {
  const { t } = useTranslation();
  const filled = days.filter((day) => day.startsWith(month) && (entries.get(day)?.length ?? 0) > 0);
  if (filled.length === 0) {
    return (
      <EmptyState
        icon={<CalendarIcon size={24} stroke={1.6} />}
        title={t('activities:page.calendar.none')}
        text={t('activities:page.calendar.noneText')}
      >
        <Button leftSection={<PlusIcon size={16} />} onClick={() => onNew(date)}>
          {t('activities:kind.meeting.new')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <div className={styles.agenda}>
      {filled.map((day) => (
        <section key={day}>
          <h3>{dayHead(day)}</h3>
          <ul>
            {(entries.get(day) ?? []).map((entry) => (
              <AgendaRow key={`${entry.id}${entry.day}`} entry={entry} links={links} onShow={onShow} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function AgendaRow({ entry, links, onShow }: { entry: CalendarEntry; links: Links; onShow: Props['onShow'] }) {
  const { t } = useTranslation();
  const settle = useDone();
  const end = entry.end && entry.day === entry.lastDay ? ` – ${time(entry.end)}` : '';
  const about = entry.about.flatMap((id) => (links[id] ? [{ id, ...links[id] }] : []));
  return (
    <li className={styles.row} data-done={entry.done || undefined} data-kind={entry.kind}>
      <span className={styles.time}>
        {entry.start ? `${time(entry.start)}${end}` : entry.kind === 'meeting' ? t('activities:page.wholeDay') : ''}
      </span>
      <span className={styles.mark}>
        {entry.kind === 'task' && !entry.virtual ? (
          <DoneBox title={entry.title} done={entry.done} onChange={() => settle(entry)} />
        ) : (
          <i />
        )}
      </span>
      <div className={styles.what}>
        <button type="button" className={styles.title} onClick={() => onShow(entry)}>
          {entry.title}
        </button>
        {entry.repeat && <RepeatIcon size={13} stroke={1.8} aria-label={t('activities:page.repeats')} />}
        {(entry.place || about.length > 0) && (
          <p>
            {entry.place && <span>{entry.place}</span>}
            {about.map((link) => (
              <a key={link.id} href={href(recordPath(link.kind, link.id))}>
                {link.title}
              </a>
            ))}
          </p>
        )}
      </div>
    </li>
  );
}
