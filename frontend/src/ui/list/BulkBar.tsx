import { ActionIcon, Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { BinIcon, CloseIcon, CopyIcon } from '../icons';
import styles from './BulkBar.module.css';

type Props = {
  count: number;
  limited: boolean;
  names: string;
  onCopy: () => void;
  onDelete: () => Promise<void>;
  onClear: () => void;
};

/** What can be done with the selected rows. A few records go to the bin at once; many are asked about first. */
export function BulkBar({ count, limited, names, onCopy, onDelete, onClear }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setAsking(false);
    setBusy(true);
    await onDelete().finally(() => setBusy(false));
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('bulk.label')}>
      <strong aria-live="polite">{t('bulk.selected', { count, number: number(count) })}</strong>
      {limited && <span className={styles.note}>{t('bulk.limited')}</span>}
      <Button size="xs" variant="default" leftSection={<CopyIcon size={15} />} onClick={onCopy}>
        {t('bulk.copy')}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<BinIcon size={15} />}
        loading={busy}
        onClick={() => (count > 20 ? setAsking(true) : void remove())}
      >
        {t('bulk.delete')}
      </Button>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('list.selectNone')} onClick={onClear}>
        <CloseIcon size={16} />
      </ActionIcon>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('bulk.askTitle', { count, number: number(count), names })}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <p className={styles.ask}>{t('bulk.askText')}</p>
        <div className={styles.actions}>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('action.cancel')}
          </Button>
          <Button color="red" onClick={() => void remove()} data-autofocus>
            {t('bulk.askYes', { count, number: number(count) })}
          </Button>
        </div>
      </Modal>
    </div>
  );
}
