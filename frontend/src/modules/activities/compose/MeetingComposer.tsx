import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '@/lib/format';
import type { ComposerProps } from '@/lib/modules';
import { titleOf } from '@/lib/words';
import { ComposeForm } from './ComposeForm';
import { MeetingFields } from './MeetingFields';
import { emptyMeeting, meetingFields, meetingValues } from './meeting';
import { useCompose } from './useCompose';

/** A meeting with a company or a person. */
export function MeetingComposer(props: ComposerProps) {
  const { t } = useTranslation();
  const [empty] = useState(() => emptyMeeting(today()));
  const { form, set, save, busy, at, general } = useCompose({
    ...props,
    makes: 'meeting',
    empty,
    shown: meetingFields,
    values: (filled) => ({ ...meetingValues(filled), about: [{ record: props.record.id }] }),
  });
  return (
    <ComposeForm
      button={t('activities:kind.meeting.create')}
      busy={busy}
      ready={form.text.trim() !== ''}
      fault={general}
      onSave={() => void save()}
    >
      <TextInput
        data-composer
        variant="unstyled"
        autoComplete="off"
        aria-label={t('activities:page.meeting.label', { title: titleOf(props.record) })}
        placeholder={t('activities:page.meeting.placeholder')}
        value={form.text}
        error={at('text')}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <MeetingFields form={form} set={set} at={at} />
    </ComposeForm>
  );
}
