import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import { readClock } from '@/lib/clock';
import type { ComposerProps } from '@/lib/modules';
import { titleOf } from '@/lib/words';
import { DayInput } from '@/ui/fields/DayInput';
import { RecordPicker } from '@/ui/fields/RecordPicker';
import { RemindChoice, RepeatChoice } from './Choices';
import { ClockInput } from './ClockInput';
import { ComposeForm } from './ComposeForm';
import { FormFault, useCompose } from './useCompose';

/** What is to be done about a record, by when and by whom. */
export function TaskComposer({ kind: owner, record }: ComposerProps) {
  const { t } = useTranslation();
  const { user } = useSession();
  const [start] = useState(() => ({
    text: '',
    due: '',
    time: '',
    assigned: user.id,
    name: user.name,
    repeat: '',
    remind: '',
  }));
  const { form, set, at, frame } = useCompose({
    makes: 'task',
    draft: `draft:task:${record.id}`,
    start,
    shown: Object.keys(start),
    values: ({ text, due, time, assigned, repeat, remind }) => {
      const clock = readClock(time);
      if (time.trim() && !clock) throw new FormFault('time', t('activities:page.noClock', { text: time.trim() }));
      return {
        about: record.id,
        text: text.trim(),
        due: due || null,
        time: clock ?? null,
        assigned: assigned || null,
        repeat: repeat || null,
        remind: remind || null,
      };
    },
    said: () => t('activities:page.saved.task', { title: titleOf(record) }),
    owner: { kind: owner.name, id: record.id },
  });
  return (
    <ComposeForm
      {...frame}
      first={{
        label: t('activities:page.task.label', { title: titleOf(record) }),
        placeholder: t('activities:page.task.placeholder'),
        value: form.text,
        error: at('text'),
        onChange: (text) => set({ text }),
      }}
      button={t('activities:kind.task.create')}
      ready={form.text.trim() !== ''}
    >
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
        title={form.assigned ? form.name : ''}
        error={at('assigned')}
        onPick={(id, found) => set({ assigned: id ?? '', name: (id && found?.[id]?.title) || '' })}
      />
      <RepeatChoice
        label={t('activities:field.task.repeat')}
        value={form.repeat}
        error={at('repeat')}
        onChange={(repeat) => set({ repeat })}
      />
      <RemindChoice
        label={t('activities:field.task.remind')}
        value={form.remind}
        error={at('remind')}
        onChange={(remind) => set({ remind })}
      />
    </ComposeForm>
  );
}
