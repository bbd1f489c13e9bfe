import { Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeSettings, refresh, settingsQuery } from '@/api/queries';
import { hiddenKind, optionLabel } from '@/lib/words';
import { reportChange, reportFault } from '@/ui/undo';
import styles from './history.module.css';

const kind = hiddenKind('settings');

/** For how long the bin keeps what was deleted: said where it matters, and changed there. */
export function KeepTime() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const settings = useQuery(settingsQuery);
  const field = settings.data?.fields.find((f) => f.key === 'bin');
  if (!settings.data || !field) return null;
  const days = String(settings.data.values.bin ?? 'never');
  const save = async (next: string | null) => {
    if (!next || next === days) return;
    try {
      const saved = await changeSettings(settings.data.version, { bin: next });
      refresh(client, [{ kind: 'settings' }]);
      reportChange(t('settings:saved'), saved.batch);
    } catch (error) {
      refresh(client, [{ kind: 'settings' }]);
      reportFault(error);
    }
  };
  return (
    <div className={styles.keep}>
      <Select
        size="xs"
        label={t('history:bin.keep')}
        data={(field.options ?? []).map((o) => ({ value: o, label: optionLabel(kind, field, o) }))}
        value={days}
        allowDeselect={false}
        onChange={(next) => void save(next)}
      />
      <p>{t(days === 'never' ? 'history:bin.keepNever' : 'history:bin.keepText')}</p>
    </div>
  );
}
