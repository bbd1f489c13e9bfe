import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import type { Row } from '@/api/types';
import { day, today } from '@/lib/format';
import type { PresenterProps } from '@/lib/modules';
import { href, recordPath } from '@/lib/nav';
import { titleOf } from '@/lib/words';
import { RepeatIcon } from '@/ui/icons';
import { DoneBox } from '../DoneBox';
import { settleTask, taskOf } from '../settle';
import styles from './entry.module.css';

/** A task in a timeline: done where it stands, and opened again. */
export function TaskBody({ entry, owner }: PresenterProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [wanted, setWanted] = useState<boolean | undefined>();
  const [saved, setSaved] = useState<Row | undefined>();
  const read = entry.record;
  if (!read) return null;
  // What was saved here is newer than the timeline until that is read again.
  const row = saved && saved.version > read.version ? saved : read;
  const done = wanted ?? Boolean(row.done);
  const due = row.due ? String(row.due) : '';
  const settle = async () => {
    setWanted(!done);
    setSaved((await settleTask(taskOf(row), done ? 'reopen' : 'done'))?.record);
    refresh(client, [{ kind: 'task', id: row.id }, owner]);
    setWanted(undefined);
  };
  return (
    <div className={styles.task} data-done={done || undefined}>
      <DoneBox title={titleOf(row)} done={done} onChange={() => void settle()} />
      <div>
        <a className={styles.title} href={href(recordPath('task', row.id))}>
          {titleOf(row)}
        </a>
        {due && (
          <p className={styles.facts} data-late={(!done && due < today()) || undefined}>
            {t('activities:page.due', { day: day(due) })}
            {row.time && `, ${row.time}`}
            {row.repeat && <RepeatIcon size={13} stroke={1.8} />}
          </p>
        )}
        {row.details && <p className={styles.text}>{String(row.details)}</p>}
      </div>
    </div>
  );
}
