import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import type { ComposerProps } from '@/lib/modules';
import { optionLabel, titleOf } from '@/lib/words';
import { ComposeForm } from './ComposeForm';
import { useCompose } from './useCompose';

const start = { text: '', outcome: 'reached', direction: 'out', minutes: '' };
const choices = { outcome: ['reached', 'notReached', 'leftMessage', 'callBack'], direction: ['out', 'in'] };
const call = { name: 'call', module: 'activities' };

/** What was said on the telephone, and what came of it. */
export function CallComposer({ kind: owner, record }: ComposerProps) {
  const { t } = useTranslation();
  const kind = useKind('call') ?? call;
  const { form, set, at, started, frame } = useCompose({
    makes: 'call',
    draft: `draft:call:${record.id}`,
    start,
    shown: Object.keys(start),
    values: ({ text, outcome, direction, minutes }) => ({
      about: record.id,
      text: text.trim() || null,
      outcome,
      direction,
      minutes: minutes.trim() || null,
    }),
    said: () => t('activities:page.saved.call', { title: titleOf(record) }),
    owner: { kind: owner.name, id: record.id },
  });
  const choice = (key: keyof typeof choices) => (
    <Select
      label={t(`activities:field.call.${key}`)}
      data={choices[key].map((value) => ({ value, label: optionLabel(kind, { key }, value) }))}
      value={form[key]}
      error={at(key)}
      allowDeselect={false}
      onChange={(next) => set({ [key]: next ?? start[key] })}
    />
  );
  return (
    <ComposeForm
      {...frame}
      long
      first={{
        label: t('activities:page.call.label', { title: titleOf(record) }),
        placeholder: t('activities:page.call.placeholder'),
        value: form.text,
        error: at('text'),
        onChange: (text) => set({ text }),
      }}
      button={t('activities:kind.call.create')}
      ready={started}
    >
      {choice('outcome')}
      <TextInput
        label={t('activities:field.call.minutes')}
        inputMode="numeric"
        autoComplete="off"
        value={form.minutes}
        error={at('minutes')}
        onChange={(event) => set({ minutes: event.currentTarget.value })}
      />
      {choice('direction')}
    </ComposeForm>
  );
}
