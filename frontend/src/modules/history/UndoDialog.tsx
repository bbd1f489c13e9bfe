import { Button, Modal, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { refresh, undo } from '@/api/queries';
import type { Conflict } from '@/api/types';
import { number } from '@/lib/format';
import { fieldLabel, reasonText } from '@/lib/words';
import { explain } from '@/ui/explain';
import { reportChange } from '@/ui/undo';
import styles from './history.module.css';

/** Shows what an undo would do before it does it: how many changes go back, and which cannot and why. */
export function UndoDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const kinds = useKinds();
  const preview = useQuery({ queryKey: ['undo', id], queryFn: () => undo(id, true), staleTime: 0, gcTime: 0 });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const conflicts = preview.data?.conflicts ?? [];
  const count = preview.data?.undone ?? 0;

  const run = async () => {
    setBusy(true);
    try {
      const done = await undo(id);
      refresh(client, []);
      onClose();
      reportChange(t('undo.done', { count: done.undone }), done.batch);
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };
  const place = (c: Conflict) => {
    const kind = kinds.find((k) => k.name === c.kind);
    return [c.title, kind && c.field ? fieldLabel(kind, c.field) : ''].filter(Boolean).join(' · ');
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('history:undo.title', { title })}
      size={520}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {preview.isPending && <Skeleton height={40} />}
      {preview.error && <p className={styles.fault}>{explain(preview.error)}</p>}
      {preview.data && (
        <>
          <p className={styles.preview}>{t('history:undo.will', { count, number: number(count) })}</p>
          {conflicts.length > 0 && (
            <>
              <p className={styles.preview}>{t('history:undo.conflicts', { count: conflicts.length })}</p>
              <ul className={styles.conflicts}>
                {conflicts.slice(0, 50).map((c) => (
                  <li key={`${c.change}${c.field}${c.record}`}>
                    <strong>{place(c)}</strong> {reasonText(c.reason)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button loading={busy} disabled={count === 0} onClick={() => void run()} data-autofocus>
          {t('history:undo.run', { count, number: number(count) })}
        </Button>
      </div>
    </Modal>
  );
}
