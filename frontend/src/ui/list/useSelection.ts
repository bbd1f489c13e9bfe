import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { call } from '@/api/client';
import { type ListQuery, refresh } from '@/api/queries';
import type { Links, Page, Row } from '@/api/types';
import { type Chosen, changeMany } from './many';

/** Copying takes at most so many rows: enough for a spreadsheet, small enough to hold. Export has no limit. */
export const mostCopied = 2000;
const pageSize = 200;

/** Which rows are marked, as the table asks. */
export type Picked = { has: (id: string) => boolean; size: number };

async function gather(kind: string, query: ListQuery, wanted: (id: string) => boolean, most: number) {
  const rows: Row[] = [];
  const links: Links = {};
  let after: string | undefined;
  do {
    const page: Page = await call<Page>(`/records/${kind}`, {
      params: { where: query.where, sort: query.sort, limit: pageSize, after },
    });
    rows.push(...page.rows.filter((r) => wanted(r.id)));
    Object.assign(links, page.links);
    after = page.next || undefined;
  } while (after && rows.length < most);
  return { rows: rows.slice(0, most), links };
}

type Some = { ids: ReadonlySet<string> };
/** All that the filter finds, but those taken out: the filter is sent, not thousands of ids. */
type All = { where: string; except: ReadonlySet<string> };

const none: Some = { ids: new Set() };

function toggled(old: ReadonlySet<string>, some: string[], on: boolean): Set<string> {
  const next = new Set(old);
  for (const id of some)
    if (on) next.add(id);
    else next.delete(id);
  return next;
}

/** The selected rows of a list: they stay selected while the list is scrolled or sorted. */
export function useSelection(kind: string, query: ListQuery, total: number) {
  const client = useQueryClient();
  const [state, setState] = useState<Some | All>(none);
  // Everything of another filter is not what was meant.
  const current = 'where' in state && state.where !== query.where ? none : state;

  const picked: Picked = useMemo(
    () =>
      'ids' in current
        ? current.ids
        : { has: (id) => id !== '' && !current.except.has(id), size: Math.max(0, total - current.except.size) },
    [current, total],
  );
  const { where } = query;
  const select = useCallback(
    (some: string[], on: boolean) =>
      setState((old) => {
        if ('ids' in old) return { ids: toggled(old.ids, some, on) };
        return old.where === where
          ? { where, except: toggled(old.except, some, !on) }
          : { ids: toggled(none.ids, some, on) };
      }),
    [where],
  );
  const clear = useCallback(() => setState(none), []);
  const all = () => setState(picked.size > 0 ? none : { where, except: new Set() });

  const chosen: Chosen =
    'ids' in current ? { ids: [...current.ids] } : { where: current.where, except: [...current.except] };

  /** The selected rows: from what is loaded where that has them all, else read anew in the order of the list. */
  const rows = async (): Promise<{ rows: Row[]; links: Links }> => {
    if ('ids' in current) {
      const known = new Map<string, Row>();
      const links: Links = {};
      for (const [, page] of client.getQueriesData<Page>({ queryKey: ['rows', kind] })) {
        for (const row of page?.rows ?? []) if (current.ids.has(row.id)) known.set(row.id, row);
        Object.assign(links, page?.links);
      }
      if (known.size === current.ids.size) return { rows: [...current.ids].map((id) => known.get(id) as Row), links };
    }
    return gather(kind, query, (id) => picked.has(id), mostCopied);
  };

  const remove = async () => {
    const done = await changeMany(kind, chosen, { delete: true });
    refresh(client, [{ kind }]);
    clear();
    return done;
  };

  return { picked, chosen, select, clear, all, rows, remove };
}
