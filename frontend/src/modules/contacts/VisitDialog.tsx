import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import { recordQuery } from '@/api/queries';
import { titleOf } from '@/lib/words';
import { DownloadIcon } from '@/ui/icons';
import { PdfView } from '@/ui/paper/PdfView';
import { reportFault } from '@/ui/undo';
import { visited, visitSheet } from './visit';
import styles from './visit.module.css';

/** One page to take along to a customer, as it will be printed. */
export function VisitDialog({ kind, id }: { kind: string; id: string }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const record = useQuery(recordQuery(kind, id)).data?.record;
  const title = record ? titleOf(record) : '';
  const sheet = useQuery({
    queryKey: ['paper', 'visit', id],
    queryFn: ({ signal }) => visitSheet(kind, id, signal),
    gcTime: 0,
  });
  const save = async () => {
    if (!sheet.data || busy) return;
    setBusy(true);
    try {
      await platform().saveFile(`${t('visit:page.file', { title })}.pdf`, sheet.data);
    } catch (error) {
      reportFault(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={() => visited.set(null)}
      title={t('visit:page.title', { title })}
      size={760}
      yOffset="4vh"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={styles.paper}>
        <PdfView bytes={sheet.data} error={sheet.error} label={t('visit:page.title', { title })} />
      </div>
      <div className={styles.actions}>
        <Button
          leftSection={<DownloadIcon size={15} />}
          loading={busy}
          disabled={!sheet.data}
          data-autofocus
          onClick={() => void save()}
        >
          {t('visit:page.save')}
        </Button>
      </div>
    </Modal>
  );
}
