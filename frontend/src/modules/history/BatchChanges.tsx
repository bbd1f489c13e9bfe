import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { type HistoryFilter, historyPage } from '@/api/queries';
import type { Links } from '@/api/types';
import { ErrorState } from '@/ui/States';
import { HistoryRow } from './HistoryRow';
import styles from './history.module.css';
import { More } from './More';

type Props = { filter: HistoryFilter; endless?: boolean };

/** The changes of a batch, those that the filter finds. On a page of its own more comes by scrolling. */
export function BatchChanges({ filter, endless }: Props) {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: keys.history({ ...filter, as: 'changes' }),
    queryFn: ({ pageParam, signal }) => historyPage(filter, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
  const links: Links = Object.assign({}, ...(pages.data?.pages.map((p) => p.links) ?? []));
  if (pages.isPending) return <Skeleton height={40} mb={8} aria-busy="true" />;
  if (pages.error && !pages.data) return <ErrorState error={pages.error} retry={() => void pages.refetch()} />;
  return (
    <div className={styles.changes}>
      {pages.data?.pages
        .flatMap((p) => p.changes)
        .map((change) => (
          <HistoryRow key={change.id} change={change} links={links} inBatch />
        ))}
      {endless ? (
        <More has={pages.hasNextPage} busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
      ) : (
        pages.hasNextPage && (
          <Button
            size="compact-xs"
            variant="default"
            mt={8}
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('history:more')}
          </Button>
        )
      )}
    </div>
  );
}
