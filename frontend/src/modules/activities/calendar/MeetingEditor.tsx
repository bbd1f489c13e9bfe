import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { changeRecord, createRecord, refresh } from '@/api/queries';
import type { Links, Row } from '@/api/types';
import { caps } from '@/lib/commands';
import { keep, recall } from '@/lib/keep';
import { titleOf } from '@/lib/words';
import { explain } from '@/ui/explain';
import { RecordPicker } from '@/ui/fields/RecordPicker';
import { Keys } from '@/ui/Keys';
import { reportChange } from '@/ui/undo';
import { MeetingFields } from '../compose/MeetingFields';
import { type MeetingForm, meetingFields, meetingValues } from '../compose/meeting';
import styles from './editor.module.css';

type Form = MeetingForm & { about: string; aboutTitle: string };
type Props = { base?: Row; start: MeetingForm; onClose: () => void };

const draft = 'draft:meeting';

/** Closing keeps a new meeting as a draft; its day is the one that was asked for. */
export function MeetingEditor({ base, start, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form, setForm] = useState<Form>(() => ({
    ...start,
    about: '',
    aboutTitle: '',
    ...(base ? {} : { ...recall<Partial<Form>>(draft, {}), day: start.day, lastDay: '' }),
  }));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  useEffect(() => {
    if (!base) keep(draft, form.text || form.details ? form : undefined);
  }, [base, form]);

  const set = (patch: Partial<Form>) => {
    setForm((old) => ({ ...old, ...patch }));
    setFault(null);
  };
  const save = async () => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    try {
      const values = meetingValues(form);
      const about = form.about && !base ? { about: [{ record: form.about }] } : {};
      const saved = base
        ? await changeRecord('meeting', base.id, base.version, values)
        : await createRecord('meeting', { ...values, ...about });
      if (!base) keep(draft, undefined);
      refresh(client, [{ kind: 'meeting', id: saved.record.id }]);
      const done = base ? 'activities:page.meeting.changed' : 'activities:page.meeting.made';
      reportChange(t(done, { title: titleOf(saved.record) }), saved.batch);
      onClose();
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const at = (field: string) => (fault instanceof ApiError ? fault.at(field) : undefined);
  const general = fault && ![...meetingFields, 'about'].some((field) => at(field)) ? explain(fault) : undefined;
  return (
    <form
      noValidate
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
      <TextInput
        data-autofocus
        label={t('activities:field.meeting.text')}
        autoComplete="off"
        value={form.text}
        error={at('text')}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <MeetingFields form={form} set={set} at={at} />
      {!base && (
        <div className={styles.about}>
          <RecordPicker
            label={t('activities:field.meeting.about')}
            targets={['company', 'person']}
            value={form.about || null}
            title={form.aboutTitle}
            error={at('about')}
            onPick={(id, found?: Links) => set({ about: id ?? '', aboutTitle: (id && found?.[id]?.title) || '' })}
          />
        </div>
      )}
      {general && (
        <p className={styles.fault} role="alert">
          {general}
        </p>
      )}
      <div className={styles.actions}>
        <Keys caps={caps('mod+enter')} />
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!form.text.trim()}>
          {t('activities:kind.meeting.create')}
        </Button>
      </div>
    </form>
  );
}
