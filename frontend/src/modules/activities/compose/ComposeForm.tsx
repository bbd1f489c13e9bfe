import { Button, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { caps } from '@/lib/commands';
import { FormFrame } from '@/ui/form/FormFrame';
import { Keys } from '@/ui/Keys';
import styles from './compose.module.css';

type First = { label: string; placeholder?: string; value: string; error?: string; onChange: (value: string) => void };

type Fields = {
  /** What is written first; the rest stands below it. */
  first: First;
  /** It has several lines. */
  long?: boolean;
  children: ReactNode;
};

/** A form of one field of its own kind, which has a place for the buttons. */
type Written = { write: (foot: ReactNode) => ReactNode };

type Props = (Fields | Written) & {
  button: string;
  ready: boolean;
  busy: boolean;
  fault?: string;
  onSave: () => void;
  /** Closes the dialog in which the form stands; beside a record it stands in none. */
  onCancel?: () => void;
};

/** The frame of every composer: Ctrl Enter saves from anywhere in it, Esc leaves it, what was typed stays. */
export function ComposeForm({ button, ready, busy, fault, onSave, onCancel, ...content }: Props) {
  const { t } = useTranslation();
  const foot = (
    <>
      {ready && <Keys caps={caps('mod+enter')} />}
      {onCancel && (
        <Button variant="default" onClick={onCancel}>
          {t('action.cancel')}
        </Button>
      )}
      <Button type="submit" size={onCancel ? 'sm' : 'xs'} loading={busy} disabled={!ready}>
        {button}
      </Button>
    </>
  );
  return (
    <FormFrame
      onSave={() => ready && onSave()}
      onEscape={onCancel ? undefined : () => (document.activeElement as HTMLElement | null)?.blur()}
    >
      {'write' in content ? (
        content.write(foot)
      ) : (
        <>
          <Line {...content} alone={!onCancel} />
          <div className={styles.grid}>{content.children}</div>
          {fault && (
            <p className={styles.fault} role="alert">
              {fault}
            </p>
          )}
          <div className={styles.foot}>{foot}</div>
        </>
      )}
    </FormFrame>
  );
}

/** The first line: beside a record it stands alone, without a frame; in a dialog it is a field like the others. */
function Line({ first, long, alone }: Omit<Fields, 'children'> & { alone: boolean }) {
  const line = {
    'data-composer': alone || undefined,
    'data-autofocus': !alone || undefined,
    autoFocus: !alone, // also where the dialog stood before what it shows
    variant: alone ? 'unstyled' : undefined,
    label: alone ? undefined : first.label,
    'aria-label': alone ? first.label : undefined,
    placeholder: first.placeholder,
    value: first.value,
    error: first.error,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      first.onChange(event.currentTarget.value),
  };
  if (long) return <Textarea {...line} autosize minRows={2} maxRows={14} />;
  return <TextInput {...line} autoComplete="off" />;
}
