import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { call } from '@/api/client';
import { deleteRecords, type ListQuery, refresh } from '@/api/queries';
import type { Links, Page, Row } from '@/api/types';
import { reportFault } from '../undo';

/** Selecting everything gathers at most so many records: enough for daily work, small enough to hold. */
const most = 2000;
const pageSize = 200;

async function gather(
  kind: string,
  query: ListQuery,
  limit: number,
): Promise<{ rows: Row[]; links: Links; more: boolean }> {
  const rows: Row[] = [];
  const links: Links = {};
  let after: string | undefined;
  do {
    const page: Page = await call<Page>(`/records/${kind}`, {
      params: { where: query.where, sort: query.sort, limit: pageSize, after },
    });
    rows.push(...page.rows);
    Object.assign(links, page.links);
    after = page.next || undefined;
  } while (after && rows.length < limit);
  return { rows: rows.slice(0, limit), links, more: Boolean(after) };
}

/** The selected rows of a list, by id: they stay selected while the list is scrolled or sorted. */
export function useSelection(kind: string, query: ListQuery) {
  const client = useQueryClient();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [limited, setLimited] = useState(false);

  const select = useCallback((some: string[], on: boolean) => {
    setLimited(false);
    setIds((old) => {
      const next = new Set(old);
      for (const id of some)
        if (on) next.add(id);
        else next.delete(id);
      return next;
    });
  }, []);
  const clear = useCallback(() => {
    setLimited(false);
    setIds(new Set());
  }, []);

  const all = async () => {
    if (ids.size > 0) return clear();
    try {
      const found = await gather(kind, query, most);
      setIds(new Set(found.rows.map((r) => r.id)));
      setLimited(found.more);
    } catch (error) {
      reportFault(error);
    }
  };

  /** The selected rows: from what is loaded where that has them all, else read anew in the order of the list. */
  const rows = async (): Promise<{ rows: Row[]; links: Links }> => {
    const known = new Map<string, Row>();
    const links: Links = {};
    for (const [, page] of client.getQueriesData<Page>({ queryKey: ['rows', kind] })) {
      for (const row of page?.rows ?? []) if (ids.has(row.id)) known.set(row.id, row);
      Object.assign(links, page?.links);
    }
    if (known.size === ids.size) return { rows: [...ids].map((id) => known.get(id) as Row), links };
    const found = await gather(kind, query, most);
    return { rows: found.rows.filter((r) => ids.has(r.id)), links: found.links };
  };

  const remove = async () => {
    const gone = [...ids];
    const done = await deleteRecords(kind, gone);
    refresh(
      client,
      gone.map((id) => ({ kind, id })),
    );
    clear();
    return done;
  };

  return { ids, limited, select, clear, all, rows, remove };
}
