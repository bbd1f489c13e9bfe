import { useTranslation } from 'react-i18next';
import type { PresenterProps } from '@/lib/modules';
import { Avatar } from '@/ui/Avatar';
import styles from './entry.module.css';
import { Marks } from './Marks';
import { others, people, sender } from './people';

/** It is the mail that speaks, not the user whose mailbox brought it. */
export function MailLine({ entry }: PresenterProps) {
  const { t } = useTranslation();
  const row = entry.record;
  if (!row) return <span className={styles.line}>{entry.title}</span>;
  const out = row.direction === 'out';
  const { names, more } = others(row);
  const key = out ? 'mail:page.line.out' : 'mail:page.line.in';
  // The sentence is cut where the name stands, so that a name is never read as markup.
  const [before = '', after = ''] = t(key, { who: '\u0002' }).split('\u0002');
  const first = (out ? people(row.to)[0] : sender(row))?.address;
  return (
    <>
      <Avatar id={first || names} name={names || '?'} size={20} round />
      <span className={styles.line}>
        {before}
        <strong>
          <bdi>{names || t('mail:page.line.nobody')}</bdi>
        </strong>
        {more > 0 && ` ${t('mail:page.line.more', { count: more })}`}
        {after} <Marks row={row} />
      </span>
    </>
  );
}
