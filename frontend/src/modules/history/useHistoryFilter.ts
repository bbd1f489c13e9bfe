import { useMemo } from 'react';
import type { HistoryFilter } from '@/api/queries';
import { usePageSearch } from '@/lib/nav';

const keys = ['record', 'kind', 'actor', 'op', 'field', 'since', 'until', 'batch'] as const;

/** What the history is narrowed to, as the address has it. One day is a span from it to it. */
export function useHistoryFilter() {
  const [search, change] = usePageSearch();
  const filter: HistoryFilter = useMemo(() => {
    const picked = Object.fromEntries(keys.filter((k) => search[k]).map((k) => [k, search[k]]));
    return search.day ? { ...picked, since: search.day, until: search.day } : picked;
  }, [search]);
  const narrowed = keys.some((k) => filter[k]);
  const clear = () => change({ ...Object.fromEntries(keys.map((k) => [k, undefined])), day: undefined });
  return { filter, change, narrowed, clear };
}
