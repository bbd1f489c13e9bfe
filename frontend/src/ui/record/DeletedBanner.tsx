import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh, restoreRecord } from '@/api/queries';
import type { Kind, Row } from '@/api/types';
import { ago } from '@/lib/format';
import { titleOf } from '@/lib/words';
import { BinIcon } from '../icons';
import { reportChange, reportFault } from '../undo';
import styles from './DeletedBanner.module.css';
import { patchRecord } from './useSave';

/** A record in the bin can be read and restored, not changed. */
export function DeletedBanner({ kind, record }: { kind: Kind; record: Row }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  if (!record.deletedAt) return null;
  const restore = async () => {
    setBusy(true);
    try {
      const saved = await restoreRecord(kind.name, record.id);
      patchRecord(client, { ...saved.record, deletedAt: null }, saved.links);
      refresh(client, [{ kind: kind.name, id: record.id }]);
      reportChange(t('record.restored', { title: titleOf(record) }), saved.batch);
    } catch (error) {
      reportFault(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.banner} role="status">
      <BinIcon size={17} stroke={1.7} />
      <span>{t('record.inBin', { when: ago(String(record.deletedAt)) })}</span>
      <Button size="xs" variant="default" loading={busy} onClick={() => void restore()}>
        {t('action.restore')}
      </Button>
    </div>
  );
}
