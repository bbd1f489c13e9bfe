import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Kind } from '@/api/types';
import { both, clickSort, quote, readSort, writeSort } from '@/lib/filter';
import { keep, recall } from '@/lib/keep';
import { type SearchPatch, usePageSearch } from '@/lib/nav';
import { listChange, readWidths, writeWidths } from '../views/viewState';
import { allColumnFields } from './columns';
import { type GroupSort, groupings, groupSorts } from './grouping';

type Kept = { columns?: string[]; widths?: Record<string, number> };

/**
 * What a list shows: filter, sort and columns stand in the address, widths and the usual columns in this browser. What
 * is always filtered and the field that is searched in may be others than the kind says.
 */
export function useListState(kind: Kind, always = '', searched = kind.title) {
  const router = useRouter();
  const [search, set] = usePageSearch();
  const change = useCallback(
    (patch: SearchPatch, push?: boolean) =>
      set(listChange(router.state.location.search as Record<string, string>, patch), push),
    [router, set],
  );
  const [kept, setKept] = useState<Kept>(() => recall(`list:${kind.name}`, {}));
  useEffect(() => keep(`list:${kind.name}`, kept), [kind.name, kept]);

  const q = search.q ?? '';
  const where = search.where ?? '';
  // A field to sort by may be gone since the address or the view was made: the kind's own order then stands.
  const sorts = useMemo(() => {
    const known = allColumnFields(kind);
    const usable = readSort(search.sort ?? '').filter((s) => known.some((f) => f.key === s.key));
    return usable.length > 0 ? usable : readSort(kind.sort);
  }, [search.sort, kind]);
  const grouping = useMemo(() => groupings(kind).find((g) => g.by === search.group), [kind, search.group]);
  const groupSort = groupSorts.find((s) => s === search.groupSort) ?? ('value' satisfies GroupSort);

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
      where: both(always, both(words ? `${searched} ~ ${quote(words)}` : '', where)),
      sort: writeSort(sorts),
    }),
    [words, always, where, sorts, searched],
  );

  return {
    search,
    change,
    q,
    where,
    sorts,
    columns,
    query,
    grouping,
    groupSort,
    groupBy: (by: string | undefined) => change({ group: by, groupSort: by && search.groupSort }, true),
    sortGroups: (sort: GroupSort) => change({ groupSort: sort === 'value' ? undefined : sort }),
    widths: search.widths ? { ...kept.widths, ...readWidths(search.widths) } : (kept.widths ?? {}),
    filtered: query.where !== '',
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
