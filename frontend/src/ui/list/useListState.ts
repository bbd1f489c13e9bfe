import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Kind } from '@/api/types';
import { both, clickSort, quote, readSort, writeSort } from '@/lib/filter';
import { keep, recall } from '@/lib/keep';
import { usePageSearch } from '@/lib/nav';
import { readWidths, writeWidths } from '../views/viewState';
import { allColumnFields } from './columns';

type Kept = { columns?: string[]; widths?: Record<string, number> };

/** What a list shows: filter, sort and columns stand in the address, widths and the usual columns in this browser. */
export function useListState(kind: Kind) {
  const [search, change] = usePageSearch();
  const [kept, setKept] = useState<Kept>(() => recall(`list:${kind.name}`, {}));
  useEffect(() => keep(`list:${kind.name}`, kept), [kind.name, kept]);

  const q = search.q ?? '';
  const where = search.where ?? '';
  const sorts = useMemo(() => readSort(search.sort || kind.sort), [search.sort, kind.sort]);

  const shared = search.columns;
  // A view has columns and widths of its own, which stand in the address; otherwise they are this browser's habit.
  const inView = Boolean(search.view);
  const columns = useMemo(() => {
    const known = new Set(allColumnFields(kind).map((f) => f.key));
    const wanted = shared?.split(',') ?? kept.columns ?? kind.list;
    const usable = wanted.filter((k) => known.has(k) && k !== kind.title);
    return [kind.title, ...usable];
  }, [shared, kept.columns, kind]);

  const widths = search.widths ?? '';
  const words = q.trim();
  const query = useMemo(
    () => ({
      where: both(words ? `${kind.title} ~ ${quote(words)}` : '', where),
      sort: writeSort(sorts),
    }),
    [words, where, sorts, kind.title],
  );

  return {
    search,
    change,
    q,
    where,
    sorts,
    columns,
    query,
    widths: search.widths ? { ...kept.widths, ...readWidths(search.widths) } : (kept.widths ?? {}),
    filtered: words !== '' || where !== '',
    sortBy: (key: string, add: boolean) => {
      // The kind's own order is not the user's: the first click replaces it, a second click on it turns it round.
      const own = search.sort ? sorts : sorts.filter((s) => s.key === key);
      change({ sort: writeSort(clickSort(own, key, add)) || undefined });
    },
    setColumns: (keys: string[]) => {
      if (inView) return change({ columns: keys.filter((k) => k !== kind.title).join(',') || kind.title });
      setKept((old) => ({ ...old, columns: keys }));
      change({ columns: undefined });
    },
    resetColumns: () => {
      setKept({});
      change({ columns: undefined, widths: undefined });
    },
    setWidth: useCallback(
      (key: string, width: number | null) => {
        const set = (old: Record<string, number> = {}) => {
          const { [key]: _, ...rest } = old;
          return width === null ? rest : { ...rest, [key]: width };
        };
        if (inView) change({ widths: writeWidths(set(readWidths(widths))) || undefined });
        else setKept((old) => ({ ...old, widths: set(old.widths) }));
      },
      [inView, widths, change],
    ),
  };
}
