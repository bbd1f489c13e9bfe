import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import type { Links } from '@/api/types';
import { readClock } from '@/lib/clock';
import type { ComposerProps } from '@/lib/modules';
import { titleOf } from '@/lib/words';
import { DayInput } from '@/ui/fields/DayInput';
import { RecordPicker } from '@/ui/fields/RecordPicker';
import { RemindChoice, RepeatChoice } from './Choices';
import { ClockInput } from './ClockInput';
import { ComposeForm } from './ComposeForm';
import styles from './compose.module.css';
import { FormFault, useCompose } from './useCompose';

/** What is to be done about a record, by when and by whom. */
export function TaskComposer(props: ComposerProps) {
  const { t } = useTranslation();
  const { user } = useSession();
  const [links, setLinks] = useState<Links>({ [user.id]: { kind: 'user', title: user.name } });
  const [empty] = useState({ text: '', due: '', time: '', assigned: user.id, repeat: '', remind: '' });
  const { form, set, save, busy, at, general } = useCompose({
    ...props,
    makes: 'task',
    empty,
    shown: ['text', 'due', 'time', 'assigned', 'repeat', 'remind'],
    values: ({ text, due, time, assigned, repeat, remind }) => {
      const clock = readClock(time);
      if (time.trim() && !clock) throw new FormFault('time', t('activities:page.noClock', { text: time.trim() }));
      return {
        about: props.record.id,
        text: text.trim(),
        due: due || null,
        time: clock ?? null,
        assigned: assigned || null,
        repeat: repeat || null,
        remind: remind || null,
      };
    },
  });
  return (
    <ComposeForm
      button={t('activities:kind.task.create')}
      busy={busy}
      ready={form.text.trim() !== ''}
      fault={general}
      onSave={() => void save()}
    >
      <TextInput
        data-composer
        variant="unstyled"
        autoComplete="off"
        aria-label={t('activities:page.task.label', { title: titleOf(props.record) })}
        placeholder={t('activities:page.task.placeholder')}
        value={form.text}
        error={at('text')}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <div className={styles.grid}>
        <DayInput
          label={t('activities:field.task.due')}
          value={form.due || null}
          error={at('due')}
          onChange={(due) => set({ due: due ?? '' })}
        />
        <ClockInput
          label={t('activities:field.task.time')}
          value={form.time}
          error={at('time')}
          onChange={(time) => set({ time })}
        />
        <RecordPicker
          label={t('activities:field.task.assigned')}
          targets={['user']}
          value={form.assigned || null}
          title={links[form.assigned]?.title ?? ''}
          error={at('assigned')}
          onPick={(id, found) => {
            if (found) setLinks((old) => ({ ...old, ...found }));
            set({ assigned: id ?? '' });
          }}
        />
        <RepeatChoice
          label={t('activities:field.task.repeat')}
          value={form.repeat}
          error={at('repeat')}
          onChange={(repeat) => set({ repeat })}
        />
        <RemindChoice
          label={t('activities:page.remind.label')}
          value={form.remind}
          error={at('remind')}
          onChange={(remind) => set({ remind })}
        />
      </div>
    </ComposeForm>
  );
}
