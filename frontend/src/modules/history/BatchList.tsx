import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { batchesPage } from '@/api/queries';
import type { Links } from '@/api/types';
import { dayHead, dayOf } from '@/lib/format';
import { HistoryIcon } from '@/ui/icons';
import { EmptyState, ErrorState } from '@/ui/States';
import { BatchEntry } from './BatchEntry';
import styles from './history.module.css';
import { More } from './More';
import { useHistoryFilter } from './useHistoryFilter';

/** Everything that was done, under its days. */
export function BatchList() {
  const { t } = useTranslation();
  const { filter, narrowed, clear } = useHistoryFilter();
  const pages = useInfiniteQuery({
    queryKey: keys.history({ ...filter, as: 'batches' }),
    queryFn: ({ pageParam, signal }) => batchesPage(filter, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
  const batches = useMemo(() => pages.data?.pages.flatMap((p) => p.batches) ?? [], [pages.data]);
  const links: Links = useMemo(() => Object.assign({}, ...(pages.data?.pages.map((p) => p.links) ?? [])), [pages.data]);
  const days = useMemo(() => [...new Set(batches.map((b) => dayOf(b.at)))], [batches]);

  if (pages.isPending)
    return (
      <div aria-busy="true" className={styles.bones}>
        {[0, 1, 2, 3, 4].map((i) => (
          <Skeleton key={i} height={44} mb={10} />
        ))}
      </div>
    );
  if (pages.error && !pages.data) return <ErrorState error={pages.error} retry={() => void pages.refetch()} />;
  if (batches.length === 0 && !pages.hasNextPage)
    return (
      <EmptyState
        icon={<HistoryIcon size={24} stroke={1.6} />}
        title={t(narrowed ? 'history:noneFiltered' : 'history:none')}
        text={t(narrowed ? 'history:noneFilteredText' : 'history:noneText')}
      >
        {narrowed && (
          <Button variant="default" onClick={clear}>
            {t('filter.clear')}
          </Button>
        )}
      </EmptyState>
    );
  return (
    <>
      {days.map((day) => (
        <section key={day}>
          <h2 className={styles.dayHead}>{dayHead(day)}</h2>
          {batches
            .filter((b) => dayOf(b.at) === day)
            .map((batch) => (
              <BatchEntry key={batch.id} batch={batch} links={links} filter={filter} />
            ))}
        </section>
      ))}
      {pages.hasNextPage && batches.length === 0 && <p className={styles.note}>{t('history:looking')}</p>}
      <More has={pages.hasNextPage} busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
    </>
  );
}
