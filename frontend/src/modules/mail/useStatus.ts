import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { refresh } from '@/api/queries';
import { reportFault } from '@/ui/undo';
import { type Account, type Status, startSync, statusQuery } from './requests';

/** How often a running sync is looked at. */
const beat = 900;
/** A sync that was asked for may be over before it is ever seen at work; this long its start is waited for. */
const startsWithin = 4_000;

export type Standing = Status & { starting: boolean };

/** How the mailboxes stand. It is asked again and again only while one is being read. */
export function useStatus() {
  const client = useQueryClient();
  const [asked, setAsked] = useState<Record<string, { at: number; before: string }>>({});
  const status = useQuery({
    ...statusQuery,
    refetchInterval: ({ state }) =>
      state.data?.some((s) => s.running) || Object.values(asked).some((a) => Date.now() - a.at < startsWithin)
        ? beat
        : false,
  });

  // When the last one ends, what it brought stands in lists and timelines.
  const running = status.data?.filter((s) => s.running).length ?? 0;
  const was = useRef(0);
  useEffect(() => {
    if (was.current > running) refresh(client, [{ kind: 'mail' }]);
    was.current = running;
  }, [client, running]);

  const sync = async (account: Account, full = false) => {
    const before = status.data?.find((s) => s.id === account.id)?.syncedAt ?? '';
    setAsked((old) => ({ ...old, [account.id]: { at: Date.now(), before } }));
    try {
      await startSync(account.address, full);
      await client.invalidateQueries({ queryKey: statusQuery.queryKey });
    } catch (error) {
      setAsked(({ [account.id]: _, ...rest }) => rest);
      reportFault(error);
    }
  };
  const of = (id: string): Standing | undefined => {
    const found = status.data?.find((s) => s.id === id);
    const wait = asked[id];
    const starting = Boolean(
      found &&
        wait &&
        !found.running &&
        (found.syncedAt ?? '') === wait.before &&
        status.dataUpdatedAt - wait.at < startsWithin,
    );
    return found && { ...found, starting };
  };
  return { of, sync, error: status.error };
}
