import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onChanged } from '@/api/events';
import { refresh } from '@/api/queries';

/** Changes arrive in bursts (an import, an undo): they are gathered this long, then refreshed once. */
const gather = 120;

/** The one listener that keeps every page true to what is stored, whichever door changed it. */
export function Listener() {
  const client = useQueryClient();
  useEffect(() => {
    let waiting: { kind: string; id?: string }[] = [];
    let everything = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanged(({ changes }) => {
      waiting.push(...changes);
      everything ||= changes.length === 0;
      timer ??= setTimeout(() => {
        refresh(client, everything ? [] : waiting);
        waiting = [];
        everything = false;
        timer = undefined;
      }, gather);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client]);
  return null;
}
