import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { countQuery, type ListQuery } from '@/api/queries';
import type { Links, Row } from '@/api/types';
import { blockSize, blocksFor, holdBlocks, lookAhead } from '@/lib/window';
import { blockAt } from './blockAt';
import { inOrderQuery } from './inOrder';

/** The rows of a list, loaded a block at a time around what is seen; never more than a few blocks are held. */
export type Rows = {
  total: number;
  counted: boolean;
  capped: boolean;
  error: unknown;
  loading: boolean;
  stale: boolean;
  at: (index: number) => Row | undefined;
  links: Links;
  show: (first: number, last: number) => void;
  retry: () => void;
};

/** Counts what the query finds and, unless its rows stand in groups, loads those in sight. */
export function useRows(kind: string, query: ListQuery, load = true): Rows {
  const key = JSON.stringify([kind, query]);
  const [seen, setSeen] = useState({ key, held: [0], needed: [0] });
  const client = useQueryClient();
  const { held, needed } = seen.key === key ? seen : { held: [0], needed: [0] };
  const count = useQuery(countQuery(kind, query.where));

  const blocks = useQueries({
    queries: held.map((block) => ({
      ...blockAt(client, kind, query, block),
      enabled: load && needed.includes(block),
      // What is out of reach is dropped at once: the rows live in the database, not here.
      gcTime: 5_000,
    })),
  });

  // What was scrolled past before it came is not waited for: the rows in sight come first.
  useEffect(() => {
    for (const block of held) {
      if (needed.includes(block)) continue;
      const { queryKey } = blockAt(client, kind, query, block);
      if (client.getQueryState(queryKey)?.fetchStatus === 'fetching') void client.cancelQueries({ queryKey });
    }
  }, [client, kind, query, held, needed]);

  const byBlock = new Map(held.map((block, i) => [block, blocks[i]]));
  const last = Math.max(...held);
  const lastRows = byBlock.get(last)?.data?.rows.length ?? 0;
  const loadedTo = lastRows > 0 ? last * blockSize + lastRows : 0;
  const known = count.data?.count ?? 0;
  useQuery(inOrderQuery(kind, query.sort, load ? [{ where: query.where, count: known }] : []));
  // A capped count says "at least": the list grows by one block whenever its end is reached.
  const more = load && count.data?.capped && lastRows === blockSize ? blockSize : 0;
  const total = Math.max(known, count.isSuccess && !count.data.capped ? 0 : loadedTo + more);

  const links: Links = {};
  for (const block of blocks) if (block.data) Object.assign(links, block.data.links);

  const totalRef = useRef(total);
  totalRef.current = total;
  const before = useRef(0);
  const show = useCallback(
    (first: number, last: number) => {
      const [from, to] = lookAhead(first, last, before.current);
      before.current = first;
      setSeen((old) => {
        const now = old.key === key ? old : { key, held: [0], needed: [0] };
        const wanted = blocksFor(from, to, Math.max(totalRef.current, 1));
        const next = holdBlocks(now.held, wanted);
        if (now === old && next === now.held && wanted.join() === now.needed.join()) return old;
        return { key, held: next, needed: wanted };
      });
    },
    [key],
  );

  const failed = blocks.find((b) => b.error)?.error ?? count.error;
  return {
    total,
    counted: count.isSuccess,
    capped: count.data?.capped ?? false,
    error: failed,
    loading: blocks.some((b) => b.isLoading) || count.isLoading,
    stale: blocks.some((b) => b.isFetching),
    at: (index) => byBlock.get(Math.floor(index / blockSize))?.data?.rows[index % blockSize],
    links,
    show,
    retry: () => {
      for (const block of blocks) if (block.error) void block.refetch();
      if (count.error) void count.refetch();
    },
  };
}
