import { useTranslation } from 'react-i18next';
import type { Row } from '@/api/types';
import { day, money } from '@/lib/format';
import { Badge } from '@/ui/Badge';
import styles from './list.module.css';
import { isPast } from './listView';

/** A quotation beside its customer: which, how far, until when, how much. */
export function QuotationBeside({ row }: { row: Row }) {
  const { t } = useTranslation();
  const until = typeof row.validUntil === 'string' ? t('sales:page.validUntil', { day: day(row.validUntil) }) : '';
  return (
    <span className={styles.beside}>
      <span>
        <b>{String(row.subject || '') || t('sales:page.untitled')}</b>
        <strong>{row.gross ? money(String(row.gross), String(row.currency)) : ''}</strong>
      </span>
      <span className={styles.state}>
        {row.number ? String(row.number) : <Badge tone="yellow">{t('sales:option.quotation.status.draft')}</Badge>}
        <span className={isPast(row) ? styles.past : undefined}>{until}</span>
      </span>
    </span>
  );
}
