import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { blockQuery } from '@/api/queries';
import type { ListRow, Row } from '@/api/types';
import { noTax, type Tax } from './document';

const rateIn = (row: Row | undefined, key: string) => {
  const lines = (Array.isArray(row?.lines) ? row.lines : []) as ListRow[];
  const rate = key === 'lines' ? lines.find((line) => line.kind === 'item' && line.rate)?.rate : row?.[key];
  return typeof rate === 'string' && /[1-9]/.test(rate) ? rate : '';
};

/** Where this browser has taxed nothing yet, the latest quotation says what is usual here, or else a product. */
export function useUsualTax(known: Tax, take: (tax: Tax) => void): void {
  const enabled = !known.rate;
  const quotation = useQuery({ ...blockQuery('quotation', { where: '', sort: '-date' }, 0, 1), enabled });
  const product = useQuery({
    ...blockQuery('product', { where: 'taxRate is not empty', sort: '-updatedAt' }, 0, 1),
    enabled: enabled && quotation.isFetched,
  });
  const rate = rateIn(quotation.data?.rows[0], 'lines') || rateIn(product.data?.rows[0], 'taxRate');
  useEffect(() => {
    if (enabled && rate) take({ ...noTax, rate });
  }, [enabled, rate, take]);
}
