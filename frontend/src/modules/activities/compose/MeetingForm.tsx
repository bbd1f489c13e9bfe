import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Row } from '@/api/types';
import { titleOf } from '@/lib/words';
import { DayInput } from '@/ui/fields/DayInput';
import { RemindChoice, RepeatChoice } from './Choices';
import { ClockInput } from './ClockInput';
import { ComposeForm } from './ComposeForm';
import styles from './compose.module.css';
import { begin, type MeetingDraft, meetingValues } from './meeting';
import { PartiesInput } from './PartiesInput';
import { useCompose } from './useCompose';

type Props = {
  /** The meeting that is changed; without it a new one is made. */
  base?: Row;
  start: MeetingDraft;
  /** What a kept draft does not bring along. */
  fresh?: Partial<MeetingDraft>;
  /** The record beside which the form stands; elsewhere it stands in a dialog. */
  owner?: { kind: string; record: Row };
  onClose?: () => void;
};

/** When and where a meeting is, and with whom: at a time, or on whole days. */
export function MeetingForm({ base, start, fresh, owner, onClose }: Props) {
  const { t } = useTranslation();
  // The version on screen when the form was opened: what others save meanwhile is found out by it.
  const [was] = useState(base);
  const about = owner && titleOf(owner.record);
  const { form, set, at, frame } = useCompose({
    makes: 'meeting',
    base: was,
    draft: was ? undefined : `draft:meeting${owner ? `:${owner.record.id}` : ''}`,
    start,
    fresh,
    shown: Object.keys(start),
    values: meetingValues,
    together: ['day', 'lastDay', 'from', 'to'],
    said: (made) =>
      about
        ? t('activities:page.saved.meeting', { title: about })
        : t('activities:page.meeting.made', { title: titleOf(made) }),
    owner: owner && { kind: owner.kind, id: owner.record.id },
    onSaved: onClose,
  });
  return (
    <ComposeForm
      {...frame}
      first={{
        label: about ? t('activities:page.meeting.label', { title: about }) : t('activities:field.meeting.text'),
        placeholder: about && t('activities:page.meeting.placeholder'),
        value: form.text,
        error: at('text'),
        onChange: (text) => set({ text }),
      }}
      button={t('activities:kind.meeting.create')}
      ready={form.text.trim() !== ''}
      onCancel={onClose}
    >
      <DayInput
        label={t(form.whole ? 'activities:page.meeting.firstDay' : 'activities:page.meeting.day')}
        value={form.day || null}
        error={at('day')}
        onChange={(day) => set({ day: day ?? '' })}
      />
      {form.whole ? (
        <DayInput
          label={t('activities:field.meeting.lastDay')}
          value={form.lastDay || null}
          error={at('lastDay')}
          onChange={(lastDay) => set({ lastDay: lastDay ?? '' })}
        />
      ) : (
        <>
          <ClockInput
            label={t('activities:field.meeting.from')}
            value={form.from}
            error={at('from')}
            onChange={(from) => set(begin(form, from))}
          />
          <ClockInput
            label={t('activities:field.meeting.to')}
            value={form.to}
            error={at('to')}
            onChange={(to) => set({ to })}
          />
        </>
      )}
      <Checkbox
        className={styles.check}
        label={t('activities:field.meeting.day')}
        checked={form.whole}
        onChange={(event) => set({ whole: event.currentTarget.checked })}
      />
      <TextInput
        label={t('activities:field.meeting.place')}
        autoComplete="off"
        value={form.place}
        error={at('place')}
        onChange={(event) => set({ place: event.currentTarget.value })}
      />
      <RepeatChoice
        label={t('activities:field.meeting.repeat')}
        value={form.repeat}
        error={at('repeat')}
        onChange={(repeat) => set({ repeat })}
      />
      <RemindChoice
        label={t('activities:field.meeting.remind')}
        value={form.remind}
        error={at('remind')}
        onChange={(remind) => set({ remind })}
      />
      <PartiesInput
        label={t('activities:field.meeting.about')}
        value={form.about}
        fixed={owner?.record.id}
        error={at('about')}
        onChange={(next) => set({ about: next })}
      />
      <Textarea
        className={styles.wide}
        label={t('activities:field.meeting.details')}
        autosize
        minRows={1}
        maxRows={8}
        value={form.details}
        error={at('details')}
        onChange={(event) => set({ details: event.currentTarget.value })}
      />
    </ComposeForm>
  );
}
