import type { QueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import { blockQuery, type ListQuery } from '@/api/queries';
import type { Page } from '@/api/types';
import { blockSize } from '@/lib/window';

/**
 * A block of a list's rows. Where the block beside it is there, it is read from that one's edge, which costs the same at
 * the end of a list as at its start; a jump counts its way from the start.
 */
export function blockAt(client: QueryClient, kind: string, query: ListQuery, block: number) {
  const own = blockQuery(kind, query, block * blockSize, blockSize);
  return {
    ...own,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      call<Page>(`/records/${kind}`, {
        signal,
        params: { where: query.where, sort: query.sort, limit: blockSize, ...edge(client, kind, query, block) },
      }),
  };
}

function edge(client: QueryClient, kind: string, query: ListQuery, block: number) {
  const stored = (at: number) =>
    client.getQueryState<Page>(blockQuery(kind, query, at * blockSize, blockSize).queryKey);
  /** What is read anew because something changed may have moved: then the edges are not where they were. */
  const fresh = (at: number) => {
    const state = at >= 0 ? stored(at) : undefined;
    return state?.data && !state.isInvalidated && state.fetchStatus === 'idle' ? state.data : undefined;
  };
  const offset = { offset: block * blockSize || undefined };
  if (block === 0 || stored(block)?.data) return offset;
  const after = fresh(block - 1)?.next;
  if (after) return { after };
  const before = fresh(block + 1)?.previous;
  return before ? { before } : offset;
}
