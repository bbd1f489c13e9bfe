import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseIcon, DownIcon, PlusIcon, UpIcon } from '../icons';
import styles from './own.module.css';
import type { Option } from './requests';

type Props = { options: Option[]; onChange: (options: Option[]) => void; error?: string };

/** The options of a choice, one a line: Enter begins the next, pasted lines become options, Alt and arrows move one. */
export function OptionsInput({ options, onChange, error }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLFieldSetElement>(null);
  const focus = (index: number) =>
    requestAnimationFrame(() => box.current?.querySelectorAll<HTMLInputElement>('input')[index]?.focus());
  const set = (index: number, value: string) =>
    onChange(options.map((o, i) => (i === index ? { ...o, value, retired: undefined } : o)));
  const insert = (index: number, values: string[]) => {
    onChange([...options.slice(0, index), ...values.map((value) => ({ value })), ...options.slice(index)]);
    focus(index + values.length - 1);
  };
  const remove = (index: number) => onChange(options.filter((_, i) => i !== index));
  const move = (index: number, by: number) => {
    const to = index + by;
    if (to < 0 || to >= options.length) return;
    const next = [...options];
    next.splice(to, 0, ...next.splice(index, 1));
    onChange(next);
    focus(to);
  };
  return (
    <fieldset className={styles.options} ref={box}>
      <legend>{t('field:field.field.options')}</legend>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option that is typed has nothing else to be known by
        <div key={index} className={styles.option}>
          <TextInput
            aria-label={t('field:page.option', { number: index + 1 })}
            value={option.value}
            placeholder={option.retired ? t('field:part.options.retired') : undefined}
            data-retired={option.retired || undefined}
            rightSection={
              option.retired ? <span className={styles.retired}>{t('field:page.retired')}</span> : undefined
            }
            rightSectionWidth={option.retired ? 110 : undefined}
            onChange={(event) => set(index, event.currentTarget.value)}
            onPaste={(event) => {
              const lines = event.clipboardData
                .getData('text')
                .split(/\r?\n/)
                .map((l) => l.trim())
                .filter(Boolean);
              if (lines.length < 2) return;
              event.preventDefault();
              const rest = options.filter((_, i) => i !== index || option.value);
              onChange([...rest, ...lines.map((value) => ({ value }))]);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
                event.preventDefault();
                insert(index + 1, ['']);
              } else if (event.key === 'Backspace' && option.value === '' && options.length > 1) {
                event.preventDefault();
                remove(index);
                focus(Math.max(0, index - 1));
              } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
                event.preventDefault();
                move(index, event.key === 'ArrowUp' ? -1 : 1);
              }
            }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={index === 0}
            aria-label={t('field:page.optionUp', { number: index + 1 })}
            onClick={() => move(index, -1)}
          >
            <UpIcon size={15} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={index === options.length - 1}
            aria-label={t('field:page.optionDown', { number: index + 1 })}
            onClick={() => move(index, 1)}
          >
            <DownIcon size={15} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('field:page.optionOut', { number: index + 1 })}
            onClick={() => remove(index)}
          >
            <CloseIcon size={15} />
          </ActionIcon>
        </div>
      ))}
      {error && (
        <p className={styles.fault} role="alert">
          {error}
        </p>
      )}
      <Button
        variant="subtle"
        size="xs"
        leftSection={<PlusIcon size={14} />}
        className={styles.more}
        onClick={() => insert(options.length, [''])}
      >
        {t('field:page.addOption')}
      </Button>
    </fieldset>
  );
}
