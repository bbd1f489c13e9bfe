import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { address } from '@/api/client';
import { keys } from '@/api/keys';
import { platform } from '@/api/platform';
import { changeSettings, uploadFile } from '@/api/queries';
import type { Settings } from '@/api/types';
import { explain } from '@/ui/explain';
import { UploadIcon } from '@/ui/icons';
import { reportChange } from '@/ui/undo';
import { isPicture } from './picture';
import styles from './settings.module.css';

/** The logo of the letterhead: PNG or JPEG, because that is what a PDF can carry as it is. */
export function LogoField({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const logo = settings.values['seller.logo'];
  const id = typeof logo === 'string' && logo ? logo : undefined;

  const store = async (value: string | null) => {
    const saved = await changeSettings(settings.version, { 'seller.logo': value });
    client.setQueryData(keys.settings, saved);
    reportChange(t('settings:saved'), saved.batch);
  };
  const choose = async () => {
    setFault('');
    try {
      const file = await platform().openFile({ title: t('settings:logo.choose'), types: ['png', 'jpg', 'jpeg'] });
      if (!file) return;
      if (!isPicture(file.bytes)) {
        setFault(t('settings:logo.notPicture'));
        return;
      }
      setBusy(true);
      const saved = await uploadFile(file.name, file.bytes);
      await store(saved.record.id);
    } catch (error) {
      setFault(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const remove = () => store(null).catch((error) => setFault(explain(error)));

  return (
    <section className={styles.section}>
      <h2>{t('settings:section.logo')}</h2>
      <div className={styles.logo}>
        <div className={styles.paper}>
          {id ? (
            <img src={address(`/files/${id}/content`)} alt={t('settings:logo.alt')} />
          ) : (
            <span>{t('settings:logo.none')}</span>
          )}
        </div>
        <div>
          <div className={styles.actions}>
            <Button
              variant="default"
              leftSection={<UploadIcon size={16} />}
              loading={busy}
              onClick={() => void choose()}
            >
              {t(id ? 'settings:logo.change' : 'settings:logo.choose')}
            </Button>
            {id && (
              <Button variant="subtle" color="gray" onClick={() => void remove()}>
                {t('settings:logo.remove')}
              </Button>
            )}
          </div>
          <p className={styles.hint}>{t('settings:logo.hint')}</p>
          {fault && (
            <p className={styles.fault} role="alert">
              {fault}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}
