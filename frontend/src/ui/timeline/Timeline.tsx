import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { timelinePage } from '@/api/queries';
import type { Kind, Links } from '@/api/types';
import { dayHead } from '@/lib/format';
import { presentedKinds } from '@/lib/modules';
import { ErrorState } from '../States';
import { byDay } from './byDay';
import { SinceLine } from './SinceLine';
import styles from './Timeline.module.css';
import { TimelineEntry } from './TimelineEntry';

type Props = { kind: Kind; id: string; narrow?: boolean };

/** What happened with a record, newest first, under the days. More is loaded when the end comes into sight. */
export function Timeline({ kind, id, narrow }: Props) {
  const { t } = useTranslation();
  const [only, setOnly] = useState('');
  const pages = useInfiniteQuery({
    queryKey: keys.timeline(kind.name, id, only),
    queryFn: ({ pageParam, signal }) => timelinePage(kind.name, id, only, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
  const { ref, entry: end } = useIntersection({ rootMargin: '300px' });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (end?.isIntersecting && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [end?.isIntersecting, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const days = useMemo(() => byDay(pages.data?.pages.flatMap((p) => p.entries) ?? []), [pages.data]);
  const links: Links = useMemo(() => Object.assign({}, ...(pages.data?.pages.map((p) => p.links) ?? [])), [pages.data]);
  const filters = [...new Set(presentedKinds())];

  return (
    <section aria-label={t('timeline.title')}>
      {!narrow && <SinceLine key={id} kind={kind} id={id} />}
      <div className={styles.head}>
        {!narrow && <h2>{t('timeline.title')}</h2>}
        <SegmentedControl
          size="xs"
          value={only}
          onChange={setOnly}
          aria-label={t('timeline.filter')}
          data={[
            { value: '', label: t('timeline.all') },
            ...filters.map((f) => ({ value: f, label: t(`timeline.kind.${f}`) })),
          ]}
        />
      </div>
      {pages.error && !pages.data && <ErrorState error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && (
        <div aria-busy="true">
          {[1, 2, 3].map((i) => (
            <Skeleton key={i} height={56} mb={12} radius={10} />
          ))}
        </div>
      )}
      {pages.data && days.length === 0 && (
        <p className={styles.none}>{t(only ? 'timeline.noneOfKind' : 'timeline.none')}</p>
      )}
      {days.map(({ day, entries }) => (
        <div key={day} className={styles.day}>
          <h3>{dayHead(day)}</h3>
          <ol>
            {entries.map((entry) => (
              <TimelineEntry key={entry.id} entry={entry} links={links} owner={{ kind: kind.name, id }} />
            ))}
          </ol>
        </div>
      ))}
      <div ref={ref} />
      {hasNextPage && (
        <Button variant="subtle" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('timeline.older')}
        </Button>
      )}
    </section>
  );
}
