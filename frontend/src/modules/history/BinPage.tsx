import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { keys } from '@/api/keys';
import { binPage, refresh, restoreRecord } from '@/api/queries';
import type { BinRow } from '@/api/types';
import { ago, moment } from '@/lib/format';
import { kindView } from '@/lib/modules';
import { href, recordPath, usePageSearch } from '@/lib/nav';
import { kindMany, kindOne } from '@/lib/words';
import { BinIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { RecordMark } from '@/ui/RecordMark';
import { EmptyState, ErrorState } from '@/ui/States';
import { reportChange, reportFault } from '@/ui/undo';
import styles from './history.module.css';

/** What was deleted and can come back. */
export function BinPage() {
  const { t } = useTranslation();
  const kinds = useKinds().filter((k) => k.name !== 'user' && kindView(k.name));
  const client = useQueryClient();
  const [search, change] = usePageSearch();
  const only = search.kind ?? '';
  const pages = useInfiniteQuery({
    queryKey: keys.bin(only),
    queryFn: ({ pageParam, signal }) => binPage(only, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
  const rows = pages.data?.pages.flatMap((p) => p.rows) ?? [];
  const restore = async (row: BinRow) => {
    try {
      const saved = await restoreRecord(row.kind, row.id);
      refresh(client, [row]);
      reportChange(t('record.restored', { title: row.title }), saved.batch);
    } catch (error) {
      reportFault(error);
    }
  };
  return (
    <>
      <PageBar title={t('history:bin.title')} />
      <div className={styles.filters}>
        <SegmentedControl
          size="xs"
          value={only}
          onChange={(next) => change({ kind: next || undefined })}
          aria-label={t('history:filter.kind')}
          data={[{ value: '', label: t('timeline.all') }, ...kinds.map((k) => ({ value: k.name, label: kindMany(k) }))]}
        />
      </div>
      <div className={styles.scroll}>
        {pages.isPending && [0, 1, 2].map((i) => <Skeleton key={i} height={36} mb={10} />)}
        {pages.error && !pages.data && <ErrorState error={pages.error} retry={() => void pages.refetch()} />}
        {pages.data && rows.length === 0 && (
          <EmptyState
            icon={<BinIcon size={24} stroke={1.6} />}
            title={t('history:bin.none')}
            text={t('history:bin.noneText')}
          />
        )}
        {rows.map((row) => {
          const kind = kinds.find((k) => k.name === row.kind);
          const view = kindView(row.kind);
          return (
            <article key={row.id} className={styles.binRow}>
              <RecordMark kind={row.kind} id={row.id} name={row.title} size={24} />
              <div className={styles.body}>
                <p>{view?.page ? <a href={href(recordPath(row.kind, row.id))}>{row.title}</a> : row.title}</p>
                <small title={moment(row.deletedAt)}>
                  {[kind && kindOne(kind), t('history:bin.when', { when: ago(row.deletedAt) }), row.actor?.name]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </div>
              <Button size="xs" variant="default" onClick={() => void restore(row)}>
                {t('action.restore')}
              </Button>
            </article>
          );
        })}
        {pages.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            mt={12}
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('timeline.older')}
          </Button>
        )}
      </div>
    </>
  );
}
