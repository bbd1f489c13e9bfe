import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { keys } from '@/api/keys';
import { batchesPage } from '@/api/queries';
import { moment, number } from '@/lib/format';
import { HistoryIcon, UndoIcon } from '@/ui/icons';
import { EmptyState, ErrorState } from '@/ui/States';
import { ActorMark } from './ActorMark';
import { BatchChanges } from './BatchChanges';
import { batchText } from './batchText';
import styles from './history.module.css';
import { UndoDialog } from './UndoDialog';
import { useHistoryFilter } from './useHistoryFilter';

/** One batch: who, when, how much, and all its changes. */
export function BatchPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const { filter } = useHistoryFilter();
  const [asking, setAsking] = useState(false);
  const found = useQuery({
    queryKey: keys.history({ batch: id, as: 'head' }),
    queryFn: async ({ signal }) => (await batchesPage({ batch: id }, '', signal)).batches[0] ?? null,
  });
  if (found.isPending) return <Skeleton height={52} mt={12} aria-busy="true" />;
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  const batch = found.data;
  if (!batch)
    return (
      <EmptyState
        icon={<HistoryIcon size={24} stroke={1.6} />}
        title={t('history:noneFiltered')}
        text={t('history:noneFilteredText')}
      />
    );
  return (
    <>
      <section className={styles.batchHead} aria-label={t('history:ofBatch')}>
        <ActorMark actor={batch.actor} />
        <div className={styles.body}>
          <h2>
            {batch.actor.name || t('history:kontor')} {batchText(batch, kinds)}
          </h2>
          <p className={styles.note}>
            {[
              moment(batch.at),
              batch.source,
              batch.undoes && t('history:tookBack'),
              batch.undone && t('history:undone'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        {batch.reversible && !batch.undone && (
          <Button size="xs" variant="default" leftSection={<UndoIcon size={15} />} onClick={() => setAsking(true)}>
            {batch.partly
              ? t('history:undoRest')
              : t('history:undoBatch', { count: batch.count, number: number(batch.count) })}
          </Button>
        )}
      </section>
      <BatchChanges filter={filter} endless />
      {asking && <UndoDialog id={batch.id} title={batchText(batch, kinds)} onClose={() => setAsking(false)} />}
    </>
  );
}
