import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/ui/explain';
import styles from './ask.module.css';

type Props = {
  title: string;
  /** What will happen, a sentence each. */
  effects: string[];
  yes: string;
  danger?: boolean;
  onYes: () => Promise<void> | void;
  onClose: () => void;
};

/** Says what will happen before it does. A failure stands where the answer was given. */
export function Ask({ title, effects, yes, danger, onYes, onClose }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const run = async () => {
    setBusy(true);
    setFault('');
    try {
      await onYes();
      onClose();
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size={460} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <ul className={styles.effects}>
        {effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose} data-autofocus={danger || undefined}>
          {t('action.cancel')}
        </Button>
        <Button
          color={danger ? 'red.9' : undefined}
          loading={busy}
          onClick={() => void run()}
          data-autofocus={!danger || undefined}
        >
          {yes}
        </Button>
      </div>
    </Modal>
  );
}
