import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { blockQuery } from '@/api/queries';
import type { Row } from '@/api/types';
import { quote } from '@/lib/filter';
import type { Line } from './document';

const text = (row: Row, key: string) => (typeof row[key] === 'string' ? (row[key] as string) : '');

/** Products that are sold and whose name or number has every word. */
export function productQuery(typed: string) {
  const words = typed.trim().split(/\s+/).filter(Boolean);
  const where = [...words.map((w) => `(name ~ ${quote(w)} or number ~ ${quote(w)})`), 'active = true'].join(' and ');
  return queryOptions({
    ...blockQuery('product', { where, sort: 'name' }, 0, 8),
    enabled: words.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

/** What a product brings to a line. A price in another currency is no price of this document. */
export function fromProduct(row: Row, line: Line, currency: string): Partial<Line> {
  const price = text(row, 'currency') === currency ? text(row, 'price') : '';
  const rate = text(row, 'taxRate');
  return {
    text: text(row, 'name'),
    note: text(row, 'description') || line.note,
    unit: text(row, 'unit'),
    price,
    tax: rate ? { rate, category: '', reason: '' } : line.tax,
  };
}

/** Enter takes the first product when it begins with what was typed; otherwise typed words stay words. */
export function surelyMeant(row: Row | undefined, typed: string): boolean {
  const fold = (s: string) => s.trim().toLocaleLowerCase();
  const wanted = fold(typed);
  return row !== undefined && [text(row, 'name'), text(row, 'number')].some((s) => s && fold(s).startsWith(wanted));
}
