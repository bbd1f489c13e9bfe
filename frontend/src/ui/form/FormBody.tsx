import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFrame } from './FormFrame';
import styles from './form.module.css';

export type FormBodyProps = {
  /** What the button that saves says. */
  submit: string;
  busy: boolean;
  /** There is something to save. */
  ready?: boolean;
  /** What stands beside no field. */
  fault?: string;
  /** It cannot be taken back, or takes something away. */
  color?: string;
  /** The button that saves has the focus: there is nothing to fill in. */
  focused?: boolean;
  cancel?: string;
  /** What stands at the left of the buttons. */
  beside?: ReactNode;
  className?: string;
  onSave: () => void;
  onCancel: () => void;
  children: ReactNode;
};

/** The fields of a dialog, with the fault that belongs to none of them and the two buttons. */
export function FormBody(props: FormBodyProps) {
  const { submit, busy, ready = true, fault, color, focused, cancel, beside, className, onSave, onCancel } = props;
  const { t } = useTranslation();
  return (
    <FormFrame className={className ?? styles.form} onSave={() => ready && !busy && onSave()}>
      {props.children}
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.actions}>
        {beside && <span className={styles.beside}>{beside}</span>}
        <Button variant="default" onClick={onCancel}>
          {cancel ?? t('action.cancel')}
        </Button>
        <Button type="submit" color={color} loading={busy} disabled={!ready} data-autofocus={focused || undefined}>
          {submit}
        </Button>
      </div>
    </FormFrame>
  );
}
