import i18next from 'i18next';
import type { Kind } from '@/api/types';
import { Badge } from '@/ui/Badge';
import { makeColumns } from '@/ui/list/columns';
import type { Column } from '@/ui/list/table';
import styles from './list.module.css';
import { isPast } from './listView';
import { ownFields } from './ownFields';

const widths: Record<string, number> = { number: 130, subject: 270, company: 220, status: 110, gross: 130 };

/**
 * What a list of quotations shows. On a phone the subject carries the row. Only the user's own fields are edited in it:
 * what stands on the paper is written in the editor.
 */
export function quotationColumns(kind: Kind, shown: string[], currency: string, compact: boolean): Column[] {
  const keys = compact ? ['subject', 'company', 'gross'] : shown;
  const own = new Set(ownFields(kind).map((f) => f.key));
  return makeColumns(kind, keys, currency).map((column) => ({
    ...column,
    editable: column.editable && own.has(column.key),
    width: widths[column.key] ?? column.width,
    ...special(column),
  }));
}

function special(column: Column): Partial<Column> {
  const untitled = () => i18next.t('sales:page.untitled');
  switch (column.key) {
    case 'number':
      return {
        cell: (row) => (row.number ? <strong className={styles.number}>{String(row.number)}</strong> : '–'),
        text: (row) => String(row.number ?? ''),
      };
    case 'subject':
      return {
        title: true,
        width: 270,
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
