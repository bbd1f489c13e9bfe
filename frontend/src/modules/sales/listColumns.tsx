import i18next from 'i18next';
import type { Kind } from '@/api/types';
import { Badge } from '@/ui/Badge';
import { makeColumns } from '@/ui/list/columns';
import type { Column } from '@/ui/list/table';
import styles from './list.module.css';
import { isPast } from './listView';

const order = ['number', 'subject', 'company', 'status', 'date', 'validUntil', 'gross'];
const widths: Record<string, number> = { number: 130, subject: 270, company: 220, status: 110, gross: 130 };

/** What a list of quotations shows. On a phone the subject carries the row. */
export function quotationColumns(kind: Kind, currency: string, compact: boolean): Column[] {
  const keys = compact ? ['subject', 'company', 'gross'] : order;
  return makeColumns(kind, keys, currency).map((column) => ({
    ...column,
    editable: false,
    width: widths[column.key] ?? column.width,
    ...special(column, compact),
  }));
}

function special(column: Column, compact: boolean): Partial<Column> {
  const untitled = () => i18next.t('sales:page.untitled');
  switch (column.key) {
    case 'number':
      return {
        cell: (row) => (row.number ? <strong className={styles.number}>{String(row.number)}</strong> : '–'),
        text: (row) => String(row.number ?? ''),
      };
    case 'subject':
      return {
        title: compact,
        cell: (row) => <span className={styles.subject}>{String(row.subject || untitled())}</span>,
      };
    case 'status':
      return {
        cell: (row, links) => (
          <Badge tone={row.status === 'final' ? 'teal' : 'yellow'}>{column.text(row, links)}</Badge>
        ),
      };
    case 'validUntil':
      return {
        cell: (row, links) => (
          <span
            className={isPast(row) ? styles.past : styles.text}
            title={isPast(row) ? i18next.t('sales:page.list.past') : undefined}
          >
            {column.text(row, links)}
          </span>
        ),
      };
    default:
      return {};
  }
}
