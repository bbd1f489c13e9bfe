import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import { store } from '@/lib/store';
import styles from './putOff.module.css';

export const notifyDialog = store(false);

/** Says whether reminders also reach people outside Kontor, lets them allow it, and shows one. */
export function NotifyDialog() {
  const { t } = useTranslation();
  const open = notifyDialog.use();
  const close = () => notifyDialog.set(false);
  return (
    <Modal
      opened={open}
      onClose={close}
      title={t('activities:page.notify.title')}
      size={460}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {open && <NotifyState onClose={close} />}
    </Modal>
  );
}

function NotifyState({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [state, setState] = useState(() => platform().notifies());
  const [shown, setShown] = useState<boolean | undefined>();
  const show = async () => {
    setShown(await platform().notify(t('activities:page.notify.example'), t('activities:page.notify.works'), '/today'));
    setState(platform().notifies());
  };
  return (
    <>
      <p role="status">
        {t(`activities:page.notify.${state}`, { context: platform().door })}
        {shown && ` ${t('activities:page.notify.shown')}`}
      </p>
      <p>{t('activities:page.notify.always')}</p>
      <div className={styles.actions}>
        {state === 'ask' && (
          <Button onClick={() => void platform().askToNotify().then(setState)}>
            {t('activities:page.notify.allow')}
          </Button>
        )}
        {(state === 'yes' || (state === 'never' && platform().door === 'window')) && (
          <Button variant="default" onClick={() => void show()}>
            {t('activities:page.notify.try')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </>
  );
}
