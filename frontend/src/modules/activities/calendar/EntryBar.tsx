import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import type { Calendar, CalendarEntry } from '@/api/types';
import { time } from '@/lib/format';
import { RepeatIcon } from '@/ui/icons';
import { DoneBox } from '../DoneBox';
import { settleTask } from '../settle';
import styles from './calendar.module.css';

/** Does a task of the calendar, or opens it again. */
export function useDone(): (entry: CalendarEntry) => void {
  const client = useQueryClient();
  return async (entry) => {
    const saved = await settleTask(entry, entry.done ? 'reopen' : 'done');
    if (saved) {
      const now = { version: saved.record.version, done: Boolean(saved.record.done) };
      client.setQueriesData<Calendar>({ queryKey: ['calendar'] }, (old) =>
        old
          ? { ...old, entries: old.entries.map((e) => (e.id === entry.id && !e.virtual ? { ...e, ...now } : e)) }
          : old,
      );
    }
    refresh(client, [{ kind: 'task', id: entry.id }]);
  };
}

type Props = { entry: CalendarEntry; day: string; onShow: (entry: CalendarEntry) => void };

/** An entry as a bar in its day: whole days are filled, a task has its box, later times of a series say so. */
export function EntryBar({ entry, day, onShow }: Props) {
  const { t } = useTranslation();
  const settle = useDone();
  const many = entry.day !== entry.lastDay;
  return (
    <div
      className={styles.bar}
      data-kind={entry.kind}
      data-whole={entry.kind === 'meeting' && (entry.wholeDay || many) ? true : undefined}
      data-done={entry.done || undefined}
    >
      {entry.kind === 'task' && !entry.virtual && (
        <DoneBox small title={entry.title} done={entry.done} onChange={() => settle(entry)} />
      )}
      <button type="button" onClick={() => onShow(entry)}>
        {entry.start && entry.day === day && <span className={styles.time}>{time(entry.start)}</span>}
        <span className={styles.title}>{entry.title}</span>
        {entry.repeat && (
          <>
            <RepeatIcon size={12} stroke={1.9} />
            <span className="k-hidden">{t('activities:page.repeats')}</span>
          </>
        )}
      </button>
    </div>
  );
}
