import { Button, Modal, Progress, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import { number } from '@/lib/format';
import { explain } from '../explain';
import { type BinChoice, type BinState, binJob } from './binJob';
import { PurgeAlong } from './PurgeAlong';
import styles from './PurgeDialog.module.css';

type Props = { choice: BinChoice; title?: string; onClose: () => void; onDone: () => void };

/** Says what is lost for good, and what stays and why, before it is done. */
export function PurgeDialog({ choice, title, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [along, setAlong] = useState<string[]>([]);
  const wanted = { ...choice, ...(along.length > 0 && { along }) };
  const tried = useQuery({
    queryKey: ['purge', wanted],
    queryFn: () => binJob('purge', wanted, true),
    placeholderData: (before) => before,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<BinState>();
  const [fault, setFault] = useState('');
  const count = tried.data?.changed ?? 0;
  const kept = (tried.data?.failed.length ?? 0) + (tried.data?.moreFailed ?? 0);

  const run = async () => {
    setBusy(true);
    setFault('');
    try {
      const done = await binJob('purge', wanted, false, setProgress);
      refresh(client, []);
      notifications.show({
        message: t('purge.done', { count: done.changed, number: number(done.changed) }),
        withBorder: true,
      });
      onDone();
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };

  const leave = busy ? () => {} : onClose;
  return (
    <Modal
      opened
      onClose={leave}
      title={title ? t('purge.titleOf', { title }) : t('purge.title')}
      size={560}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <PurgeAlong choice={choice} along={along} disabled={busy} onChange={setAlong} />
      {tried.isPending && <Skeleton height={60} aria-busy="true" />}
      {tried.error && <p className={styles.fault}>{explain(tried.error)}</p>}
      {tried.data && (
        <>
          {count > 0 ? (
            <>
              <p>{t('purge.will', { count, number: number(count) })}</p>
              <p>{t('purge.lost')}</p>
              <p className={styles.final}>{t('purge.final')}</p>
            </>
          ) : (
            <p>{t('purge.nothing')}</p>
          )}
          {kept > 0 && (
            <>
              <p>{t('purge.kept', { count: kept, number: number(kept) })}</p>
              <ul className={styles.kept}>
                {tried.data.failed.map((f) => (
                  <li key={f.id}>
                    <strong>{f.title}</strong> {f.message}
                  </li>
                ))}
                {tried.data.moreFailed > 0 && (
                  <li>{t('purge.more', { count: tried.data.moreFailed, number: number(tried.data.moreFailed) })}</li>
                )}
              </ul>
            </>
          )}
        </>
      )}
      <div aria-live="polite">
        {progress && (
          <Progress value={(100 * progress.done) / Math.max(1, progress.total)} aria-label={t('purge.progress')} />
        )}
      </div>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose} disabled={busy} data-autofocus>
          {t('action.cancel')}
        </Button>
        <Button
          color="red.9"
          loading={busy}
          disabled={count === 0 || tried.isPlaceholderData}
          onClick={() => void run()}
        >
          {t('purge.run', { count, number: number(count) })}
        </Button>
      </div>
    </Modal>
  );
}
