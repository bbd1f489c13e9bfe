import { useState } from 'react';
import { usePageSearch } from '@/lib/nav';
import { noFilter, type TimelineFilter } from './requests';

type Change = (patch: Partial<TimelineFilter>) => void;

/** The page of a record has the filter in its address, to be shared and gone back to; beside a list it is its own. */
export function useTimelineFilter(narrow: boolean): [TimelineFilter, Change] {
  const [own, setOwn] = useState(noFilter);
  const [search, change] = usePageSearch();
  if (narrow) return [own, (patch) => setOwn((old) => ({ ...old, ...patch }))];
  const { entries = '', by = '', words = '' } = search;
  return [
    { only: entries, who: by, words },
    (patch) =>
      change({
        entries: (patch.only ?? entries) || undefined,
        by: (patch.who ?? by) || undefined,
        words: (patch.words ?? words) || undefined,
      }),
  ];
}
