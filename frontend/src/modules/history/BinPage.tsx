import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { keys } from '@/api/keys';
import { type BinFilter, binPage, refresh } from '@/api/queries';
import type { BinRow } from '@/api/types';
import { number } from '@/lib/format';
import { usePageSearch } from '@/lib/nav';
import { BinIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { type BinChoice, binJob } from '@/ui/record/binJob';
import { PurgeDialog } from '@/ui/record/PurgeDialog';
import { EmptyState, ErrorState } from '@/ui/States';
import { reportChange, reportFault } from '@/ui/undo';
import { BinBar } from './BinBar';
import { BinEntry } from './BinEntry';
import { BinFilters } from './BinFilters';
import styles from './history.module.css';
import { KeepTime } from './KeepTime';
import { More } from './More';

const params = ['kind', 'actor', 'since', 'until'] as const;

/** What was deleted: it can come back, until it goes for good. */
export function BinPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [search, change] = usePageSearch();
  const filter: BinFilter = useMemo(
    () => Object.fromEntries(params.filter((p) => search[p]).map((p) => [p, search[p]])),
    [search],
  );
  const narrowed = params.some((p) => filter[p]);
  const pages = useInfiniteQuery({
    queryKey: keys.bin(filter),
    queryFn: ({ pageParam, signal }) => binPage(filter, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
  const rows = pages.data?.pages.flatMap((p) => p.rows) ?? [];
  const counts = pages.data?.pages[0]?.kinds ?? [];
  const total = counts.filter((c) => !filter.kind || c.kind === filter.kind).reduce((sum, c) => sum + c.count, 0);
  const [chosen, setChosen] = useState<Record<string, BinRow>>({});
  const [purging, setPurging] = useState<{ choice: BinChoice; title?: string } | null>(null);
  const picked = rows.filter((r) => chosen[r.id]);
  const ids = (list: BinRow[]): BinChoice => ({ records: list.map((r) => ({ kind: r.kind, id: r.id })) });

  const restore = async (choice: BinChoice, title?: string) => {
    try {
      const done = await binJob('restore', choice);
      refresh(client, []);
      setChosen({});
      if (done.changed > 0)
        reportChange(
          title
            ? t('record.restored', { title })
            : t('history:bin.restored', { count: done.changed, number: number(done.changed) }),
          done.batch,
        );
      const [first] = done.failed;
      const count = done.failed.length + done.moreFailed;
      if (first)
        reportFault(new ApiError({ code: 'conflict', detail: t('history:bin.notRestored', { count, ...first }) }));
    } catch (error) {
      reportFault(error);
    }
  };

  return (
    <>
      <PageBar title={t('history:bin.title')} />
      <BinFilters filter={filter} counts={counts} change={change} />
      <KeepTime />
      {total > 0 && (
        <BinBar
          rows={rows}
          picked={picked}
          total={total}
          all={(on) => setChosen(on ? Object.fromEntries(rows.map((r) => [r.id, r])) : {})}
          restore={() => void restore(picked.length > 0 ? ids(picked) : { all: true, ...filter })}
          purge={() => setPurging({ choice: picked.length > 0 ? ids(picked) : { all: true, ...filter } })}
        />
      )}
      <div className={styles.scroll}>
        {pages.isPending && (
          <div aria-busy="true" className={styles.bones}>
            {[0, 1, 2].map((i) => (
              <Skeleton key={i} height={36} mb={10} />
            ))}
          </div>
        )}
        {pages.error && !pages.data && <ErrorState error={pages.error} retry={() => void pages.refetch()} />}
        {pages.data && rows.length === 0 && (
          <EmptyState
            icon={<BinIcon size={24} stroke={1.6} />}
            title={t(narrowed ? 'history:bin.noneFiltered' : 'history:bin.none')}
            text={t(narrowed ? 'history:noneFilteredText' : 'history:bin.noneText')}
          >
            {narrowed && (
              <Button variant="default" onClick={() => change(Object.fromEntries(params.map((p) => [p, undefined])))}>
                {t('filter.clear')}
              </Button>
            )}
          </EmptyState>
        )}
        {rows.map((row) => (
          <BinEntry
            key={row.id}
            row={row}
            chosen={Boolean(chosen[row.id])}
            choose={(on) => setChosen(({ [row.id]: _, ...rest }) => (on ? { ...rest, [row.id]: row } : rest))}
            restore={() => void restore(ids([row]), row.title)}
            purge={() => setPurging({ choice: ids([row]), title: row.title })}
          />
        ))}
        <More has={pages.hasNextPage} busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
      </div>
      {purging && (
        <PurgeDialog
          {...purging}
          onClose={() => setPurging(null)}
          onDone={() => {
            setPurging(null);
            setChosen({});
          }}
        />
      )}
    </>
  );
}
