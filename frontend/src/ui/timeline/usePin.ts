import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '@/api/types';
import { reportFault, reportWay } from '../undo';
import { pinEntry, type Stretch } from './requests';

/** Changes are told by history; only records can be kept on top. */
export const canPin = (entry: Entry) => entry.record !== undefined;

export const pinnedOf = (pages: InfiniteData<Stretch> | undefined): Entry[] => pages?.pages[0]?.pinned ?? [];

/** Pins an entry or lets it go: shown at once, reported with the way back. */
export function usePin(owner: { kind: string; id: string }) {
  const client = useQueryClient();
  const { t } = useTranslation();
  return useCallback(
    async (entry: Entry, pinned: boolean) => {
      const key = ['timeline', owner.kind, owner.id];
      const set = async (to: boolean) => {
        client.setQueriesData<InfiniteData<Stretch>>({ queryKey: key, predicate: isPages }, (old) => {
          const [first, ...rest] = old?.pages ?? [];
          if (!old || !first) return old;
          const others = first.pinned.filter((p) => p.id !== entry.id);
          const next = to ? [...others, entry].sort((a, b) => b.at.localeCompare(a.at)) : others;
          return { ...old, pages: [{ ...first, pinned: next }, ...rest] };
        });
        try {
          await pinEntry(owner, entry.id, to);
        } finally {
          void client.invalidateQueries({ queryKey: key, predicate: isPages });
        }
      };
      try {
        await set(pinned);
        reportWay(t(pinned ? 'timeline.pinned' : 'timeline.unpinned'), () => set(!pinned));
      } catch (error) {
        reportFault(error);
      }
    },
    [client, owner, t],
  );
}

const isPages = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[3] !== 'people';
