import { Button, Skeleton } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Kind, Links } from '@/api/types';
import { dayHead } from '@/lib/format';
import { ErrorState } from '../States';
import { byDay } from './byDay';
import { PinnedEntries } from './PinnedEntries';
import { isFiltered, stretch } from './requests';
import { SinceLine } from './SinceLine';
import styles from './Timeline.module.css';
import { TimelineEntry } from './TimelineEntry';
import { TimelineHead } from './TimelineHead';
import { useEntryKeys } from './useEntryKeys';
import { canPin, pinnedOf, usePin } from './usePin';
import { useTimelineFilter } from './useTimelineFilter';

type Props = { kind: Kind; id: string; narrow?: boolean; locked?: boolean };

/** What happened with a record, newest first, under the days. More is loaded when the end comes into sight. */
export function Timeline({ kind, id, narrow = false, locked = false }: Props) {
  const { t } = useTranslation();
  const [filter, setFilter] = useTimelineFilter(narrow);
  const filtered = isFiltered(filter);
  const owner = useMemo(() => ({ kind: kind.name, id }), [kind.name, id]);
  const pages = useInfiniteQuery({
    queryKey: keys.timeline(kind.name, id, filtered ? JSON.stringify(filter) : ''),
    queryFn: ({ pageParam, signal }) => stretch(owner, filter, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
    // While words are typed, what stands there stays until the hits come; another record begins anew.
    placeholderData: (old, query) => (query?.queryKey[2] === id ? keepPreviousData(old) : undefined),
  });
  const { ref, entry: end } = useIntersection({ rootMargin: '300px' });
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = pages;
  useEffect(() => {
    // What was seen of the end of fewer entries says nothing of the end of these.
    const near = end?.isIntersecting && end.target.isConnected;
    if (near && hasNextPage && !isFetchingNextPage && !isPlaceholderData) void fetchNextPage();
  }, [end, hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage]);

  const entries = useMemo(() => pages.data?.pages.flatMap((p) => p.entries) ?? [], [pages.data]);
  const days = useMemo(() => byDay(entries), [entries]);
  const links: Links = useMemo(() => Object.assign({}, ...(pages.data?.pages.map((p) => p.links) ?? [])), [pages.data]);
  const pinned = pinnedOf(pages.data);
  const isPinned = useMemo(() => new Set(pinned.map((p) => p.id)), [pinned]);
  const pin = usePin(owner);
  useEntryKeys(!narrow && !locked, (of) => {
    const entry = entries.find((e) => e.id === of) ?? pinned.find((e) => e.id === of);
    if (entry && canPin(entry)) void pin(entry, !isPinned.has(of));
  });
  const clear = () => setFilter({ only: '', who: '', words: '' });

  return (
    <section aria-label={t('timeline.title')}>
      {!narrow && <SinceLine key={id} kind={kind} id={id} />}
      <TimelineHead owner={owner} filter={filter} onChange={setFilter} narrow={narrow} />
      {pages.error && !pages.data && <ErrorState error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && (
        <div aria-busy="true">
          {[1, 2, 3].map((i) => (
            <Skeleton key={i} height={56} mb={12} radius={10} />
          ))}
        </div>
      )}
      {!filtered && (
        <PinnedEntries key={`p${id}`} entries={pinned} links={links} owner={owner} onPin={pin} locked={locked} />
      )}
      {pages.data && days.length === 0 && !isPlaceholderData && (
        <div className={styles.none} role="status">
          <p>{t(filtered ? 'timeline.noneFound' : 'timeline.none')}</p>
          {filtered && (
            <Button variant="default" size="xs" onClick={clear}>
              {t('timeline.clear')}
            </Button>
          )}
        </div>
      )}
      <div className={styles.days} data-stale={isPlaceholderData || undefined}>
        {days.map(({ day, entries: ofDay }) => (
          <div key={day} className={styles.day}>
            <h3>{dayHead(day)}</h3>
            <ol>
              {ofDay.map((entry) => (
                <TimelineEntry
                  key={entry.id}
                  entry={entry}
                  links={links}
                  owner={owner}
                  pinned={isPinned.has(entry.id)}
                  onPin={pin}
                  locked={locked}
                />
              ))}
            </ol>
          </div>
        ))}
      </div>
      <div key={entries.length} ref={ref} />
      {hasNextPage && (
        <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('timeline.older')}
        </Button>
      )}
    </section>
  );
}
