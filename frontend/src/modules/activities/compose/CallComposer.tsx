import { Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import type { ComposerProps } from '@/lib/modules';
import { optionLabel, titleOf } from '@/lib/words';
import { ComposeForm } from './ComposeForm';
import styles from './compose.module.css';
import { useCompose } from './useCompose';

const empty = { text: '', outcome: 'reached', direction: 'out', minutes: '' };
const outcomes = ['reached', 'notReached', 'leftMessage', 'callBack'];
const call = { name: 'call', module: 'activities' };

/** What was said on the telephone, and what came of it. */
export function CallComposer(props: ComposerProps) {
  const { t } = useTranslation();
  const kind = useKind('call') ?? call;
  const { form, set, save, busy, at, general, started } = useCompose({
    ...props,
    makes: 'call',
    empty,
    shown: ['text', 'outcome', 'direction', 'minutes'],
    values: ({ text, outcome, direction, minutes }) => ({
      about: props.record.id,
      text: text.trim() || null,
      outcome,
      direction,
      minutes: minutes.trim() || null,
    }),
  });
  return (
    <ComposeForm
      button={t('activities:kind.call.create')}
      busy={busy}
      ready={started}
      fault={general}
      onSave={() => void save()}
    >
      <Textarea
        data-composer
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={14}
        aria-label={t('activities:page.call.label', { title: titleOf(props.record) })}
        placeholder={t('activities:page.call.placeholder')}
        value={form.text}
        error={at('text')}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <div className={styles.grid}>
        <Select
          label={t('activities:field.call.outcome')}
          data={outcomes.map((value) => ({ value, label: optionLabel(kind, { key: 'outcome' }, value) }))}
          value={form.outcome}
          error={at('outcome')}
          allowDeselect={false}
          onChange={(outcome) => set({ outcome: outcome ?? empty.outcome })}
        />
        <TextInput
          label={t('activities:field.call.minutes')}
          inputMode="numeric"
          autoComplete="off"
          value={form.minutes}
          error={at('minutes')}
          onChange={(event) => set({ minutes: event.currentTarget.value })}
        />
        <Select
          label={t('activities:field.call.direction')}
          data={['out', 'in'].map((value) => ({ value, label: optionLabel(kind, { key: 'direction' }, value) }))}
          value={form.direction}
          error={at('direction')}
          allowDeselect={false}
          onChange={(direction) => set({ direction: direction ?? empty.direction })}
        />
      </div>
    </ComposeForm>
  );
}
