import { call } from '@/api/client';
import { keys } from '@/api/keys';

/** Lists up to so many rows are put in order while one waits. */
const short = 1000;

/**
 * Asked for its last row, the program puts a whole list in order: a jump of the scroll bar then finds its rows at once.
 * The lists are those of groups, or only one; each comes when the one before is done.
 */
export function inOrderQuery(kind: string, sort: string, lists: { where: string; count: number }[]) {
  const long = lists.filter((list) => list.count > short);
  return {
    queryKey: keys.rows(kind, { inOrder: long, sort }),
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      for (const { where, count } of long)
        await call(`/records/${kind}`, { signal, params: { where, sort, limit: 1, offset: count - 1 } });
      return null;
    },
    enabled: long.length > 0,
    retry: false,
    gcTime: 5_000,
  };
}
