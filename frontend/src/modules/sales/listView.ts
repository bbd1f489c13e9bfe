import type { Row } from '@/api/types';
import { quote } from '@/lib/filter';
import { today } from '@/lib/format';

/** The views of the list of quotations: all, or those of one status. */
export const views = ['all', 'draft', 'final'] as const;

export const viewOf = (search: Record<string, string>) => views.find((v) => v === search.status) ?? 'all';

/** What the view that is open filters, beside the list's own filter. */
export function viewFilter(search: Record<string, string>): string {
  const view = viewOf(search);
  return view === 'all' ? '' : `status = ${quote(view)}`;
}

/** An issued quotation whose validity has passed. */
export const isPast = (row: Row) =>
  row.status === 'final' && typeof row.validUntil === 'string' && row.validUntil < today();
