import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { href, recordPath } from '@/lib/nav';
import { fieldLabel } from '@/lib/words';
import { Badge } from '@/ui/Badge';
import { RecordMark } from '@/ui/RecordMark';
import styles from './cards.module.css';
import type { CardRow } from './requests';

const tones = { new: 'teal', grows: 'blue', known: 'gray', again: 'gray', failed: 'orange' } as const;

type Props = { rows: CardRow[]; left: Set<number>; onLeft: (line: number, out: boolean) => void };

/** What would become of each card; any of them can be left out. */
export function CardList({ rows, left, onLeft }: Props) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const fields = (row: CardRow) => {
    const kind = kinds.find((k) => k.name === row.kind);
    return kind ? (row.changes ?? []).map((key) => fieldLabel(kind, key)).join(', ') : '';
  };
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.line} data-off={left.has(row.line) || undefined}>
          <Checkbox
            aria-label={t('contacts:page.cards.takeOne', { name: row.name || row.detail })}
            disabled={row.becomes === 'failed'}
            checked={row.becomes !== 'failed' && !left.has(row.line)}
            onChange={(event) => onLeft(row.line, !event.currentTarget.checked)}
          />
          <RecordMark kind={row.kind} id={String(row.line)} name={row.name || '?'} size={26} />
          <span className={styles.who}>
            <strong>{row.name || t('contacts:page.cards.nameless')}</strong>
            <small>{[row.company, row.detail].filter(Boolean).join(' · ')}</small>
          </span>
          <span className={styles.becomes}>
            <Badge tone={tones[row.becomes]}>{t(`contacts:page.cards.becomes.${row.becomes}`)}</Badge>
            <small>
              {row.becomes === 'failed' && row.problem}
              {row.becomes === 'grows' && t('contacts:page.cards.gets', { fields: fields(row) })}
              {row.record && row.becomes !== 'failed' && (
                <>
                  {row.becomes === 'grows' && ' · '}
                  <a href={href(recordPath(row.kind, row.record))}>{row.title}</a>
                </>
              )}
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
}
