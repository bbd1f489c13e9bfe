import { Button, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { caps } from '@/lib/commands';
import { Keys } from '@/ui/Keys';
import styles from './compose.module.css';

type First = { label: string; placeholder?: string; value: string; error?: string; onChange: (value: string) => void };

type Props = {
  /** What is written first; the rest stands below it. */
  first: First;
  /** It has several lines. */
  long?: boolean;
  button: string;
  ready: boolean;
  busy: boolean;
  fault?: string;
  onSave: () => void;
  /** Closes the dialog in which the form stands; beside a record it stands in none. */
  onCancel?: () => void;
  children: ReactNode;
};

/** The frame of every composer: Ctrl Enter saves from anywhere in it, Esc leaves it, what was typed stays. */
export function ComposeForm({ first, long, button, ready, busy, fault, onSave, onCancel, children }: Props) {
  const { t } = useTranslation();
  const save = () => ready && onSave();
  const line = {
    'data-composer': onCancel ? undefined : true,
    'data-autofocus': onCancel ? true : undefined,
    autoFocus: onCancel !== undefined, // also where the dialog stood before what it shows
    variant: onCancel ? undefined : 'unstyled',
    label: onCancel ? first.label : undefined,
    'aria-label': onCancel ? undefined : first.label,
    placeholder: first.placeholder,
    value: first.value,
    error: first.error,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      first.onChange(event.currentTarget.value),
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          save();
        } else if (event.key === 'Escape' && !event.defaultPrevented && !onCancel) {
          event.preventDefault();
          (document.activeElement as HTMLElement | null)?.blur();
        }
      }}
    >
      {long ? <Textarea {...line} autosize minRows={2} maxRows={14} /> : <TextInput {...line} autoComplete="off" />}
      <div className={styles.grid}>{children}</div>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.foot}>
        {ready && <Keys caps={caps('mod+enter')} />}
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
        )}
        <Button type="submit" size={onCancel ? 'sm' : 'xs'} loading={busy} disabled={!ready}>
          {button}
        </Button>
      </div>
    </form>
  );
}
