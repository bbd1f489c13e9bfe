import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, call } from '@/api/client';
import { keys as queryKeys } from '@/api/keys';
import { changeSettings } from '@/api/queries';
import type { Settings, Value, Values } from '@/api/types';
import { explain } from '@/ui/explain';
import { reportChange } from '@/ui/undo';
import { SettingInput } from './SettingInput';
import styles from './settings.module.css';

type Props = { name: string; keys: string[]; settings: Settings };

/** Some settings that belong together, saved as one change. */
export function SettingsSection({ name, keys, settings }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [edits, setEdits] = useState<Values>({});
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const changed = Object.fromEntries(
    Object.entries(edits).filter(([key, value]) => (value ?? null) !== (settings.values[key] ?? null)),
  );
  const dirty = Object.keys(changed).length > 0;
  const known = keys.filter((key) => settings.fields.some((f) => f.key === key));

  const save = async () => {
    if (!dirty || busy) return;
    setBusy(true);
    setFault(null);
    try {
      const saved = await changeSettings(settings.version, changed).catch(async (error) => {
        // Another section or window saved meanwhile. Other keys do not concern us: save against what is stored now.
        if (!(error instanceof ApiError && error.code === 'stale')) throw error;
        const current = await call<Settings>('/settings');
        const disputed = Object.keys(changed).some((k) => current.values[k] !== settings.values[k]);
        client.setQueryData(queryKeys.settings, current);
        if (disputed) throw error;
        return changeSettings(current.version, changed);
      });
      client.setQueryData(queryKeys.settings, saved);
      setEdits({});
      reportChange(t('settings:saved'), saved.batch);
      // Language, time zone and names stand in the session too.
      void client.invalidateQueries({ queryKey: queryKeys.session });
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };

  const at = (key: string) => (fault instanceof ApiError ? fault.at(key) : undefined);
  const general = fault && !known.some((k) => at(k)) ? explain(fault) : '';
  return (
    <form
      className={styles.section}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <h2>{t(`settings:section.${name}`)}</h2>
      <div className={styles.fields}>
        {known.map((key) => {
          const field = settings.fields.find((f) => f.key === key);
          return (
            field && (
              <SettingInput
                key={key}
                field={field}
                value={key in edits ? edits[key] : settings.values[key]}
                error={at(key)}
                onChange={(value: Value) => setEdits((old) => ({ ...old, [key]: value }))}
              />
            )
          );
        })}
      </div>
      {general && (
        <p className={styles.fault} role="alert">
          {general}
        </p>
      )}
      <div className={styles.actions} data-dirty={dirty || undefined}>
        <Button type="submit" disabled={!dirty} loading={busy}>
          {t('action.save')}
        </Button>
        {dirty && (
          <Button variant="subtle" color="gray" onClick={() => setEdits({})}>
            {t('action.discard')}
          </Button>
        )}
      </div>
    </form>
  );
}
