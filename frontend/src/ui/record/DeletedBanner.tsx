import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh, restoreRecord, settingsQuery } from '@/api/queries';
import type { Kind, Row } from '@/api/types';
import { ago, day, dayOf } from '@/lib/format';
import { listPath, useGo } from '@/lib/nav';
import { titleOf } from '@/lib/words';
import { BinIcon } from '../icons';
import { reportChange, reportFault } from '../undo';
import styles from './DeletedBanner.module.css';
import { PurgeDialog } from './PurgeDialog';
import { patchRecord } from './useSave';

/** The day on which Kontor deletes for good what was deleted then; none where the settings say never. */
function lastDay(deletedAt: string, keep: unknown): string {
  const days = Number(keep);
  return days > 0 ? day(dayOf(new Date(Date.parse(deletedAt) + days * 86_400_000).toISOString())) : '';
}

/** A record in the bin can be read, restored, or deleted for good; not changed. */
export function DeletedBanner({ kind, record }: { kind: Kind; record: Row }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const go = useGo();
  const settings = useQuery({ ...settingsQuery, enabled: Boolean(record.deletedAt) });
  const [busy, setBusy] = useState(false);
  const [purging, setPurging] = useState(false);
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
  const until = lastDay(String(record.deletedAt), settings.data?.values.bin);
  return (
    <div className={styles.banner} role="status">
      <BinIcon size={17} stroke={1.7} />
      <span>
        {t('record.inBin', { when: ago(String(record.deletedAt)) })} {until && t('record.purgedOn', { day: until })}
      </span>
      <Button size="xs" variant="default" loading={busy} onClick={() => void restore()}>
        {t('action.restore')}
      </Button>
      <Button size="xs" variant="subtle" color="red" onClick={() => setPurging(true)}>
        {t('purge.action')}
      </Button>
      {purging && (
        <PurgeDialog
          choice={{ records: [{ kind: kind.name, id: record.id }] }}
          title={titleOf(record)}
          onClose={() => setPurging(false)}
          onDone={() => go(listPath(kind.name))}
        />
      )}
    </div>
  );
}
