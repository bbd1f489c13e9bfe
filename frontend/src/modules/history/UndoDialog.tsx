import { Button, Modal, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { refresh, undo } from '@/api/queries';
import type { Change, Links } from '@/api/types';
import { number } from '@/lib/format';
import { hiddenKind, inSentence, kindMany, kindOne } from '@/lib/words';
import { explain } from '@/ui/explain';
import { reportChange } from '@/ui/undo';
import { ChangeFields } from './ChangeFields';
import { Conflicts } from './Conflicts';
import styles from './history.module.css';

type Props = { id: string; title: string; change?: Change; links?: Links; onClose: () => void };

const reversed = ({ key, before, after, currency }: Change['fields'][number]) => ({
  key,
  before: after,
  after: before,
  currency: currency && { before: currency.after, after: currency.before },
});

/** A change as its undo sees it: what is there now becomes what was there before. */
function backwards(change: Change, left: Set<string>): Change {
  const fields = change.fields.filter((f) => !left.has(f.key));
  return { ...change, fields: fields.map(reversed) };
}

/** Shows what an undo would do before it does it: what comes back, and what cannot and why. */
export function UndoDialog({ id, title, change, links = {}, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const kinds = useKinds();
  const preview = useQuery({
    queryKey: ['undo', id],
    queryFn: () => undo(id, true),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
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

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('history:undo.title', { title })}
      size={560}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {preview.isPending && <Skeleton height={40} aria-busy="true" />}
      {preview.error && <p className={styles.fault}>{explain(preview.error)}</p>}
      {preview.data && (
        <>
          <p className={styles.preview}>
            {count > 0 ? t('history:undo.will', { count, number: number(count) }) : t('history:undo.nothing')}
          </p>
          <ul className={styles.effects}>
            {preview.data.effects.map((e) => {
              const kind = kinds.find((k) => k.name === e.kind) ?? hiddenKind(e.kind);
              const names = inSentence(e.count === 1 ? kindOne(kind) : kindMany(kind));
              return (
                <li key={`${e.kind}/${e.op}`}>
                  {t(`history:undo.effect.${e.op}`, { count: e.count, number: number(e.count), names })}
                </li>
              );
            })}
          </ul>
          {change?.op === 'update' && count > 0 && (
            <ChangeFields change={backwards(change, new Set(conflicts.map((c) => c.field ?? '')))} links={links} />
          )}
          <Conflicts conflicts={conflicts} links={links} />
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
