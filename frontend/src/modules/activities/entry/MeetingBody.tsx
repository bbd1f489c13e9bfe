import type { PresenterProps } from '@/lib/modules';
import { href, recordPath } from '@/lib/nav';
import { titleOf } from '@/lib/words';
import { RepeatIcon } from '@/ui/icons';
import { meetingWhen } from '../when';
import styles from './entry.module.css';

export function MeetingBody({ entry }: PresenterProps) {
  const row = entry.record;
  if (!row) return null;
  const facts = [meetingWhen(row), row.place].filter(Boolean).join(' · ');
  return (
    <div className={styles.body}>
      <a className={styles.title} href={href(recordPath('meeting', row.id))}>
        {titleOf(row)}
      </a>
      <p className={styles.facts}>
        {facts}
        {row.repeat && <RepeatIcon size={13} stroke={1.8} />}
      </p>
      {row.details && <p className={styles.text}>{String(row.details)}</p>}
    </div>
  );
}
