import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { caps } from '@/lib/commands';
import { Keys } from '@/ui/Keys';
import styles from './compose.module.css';

type Props = {
  button: string;
  busy: boolean;
  ready: boolean;
  fault?: string;
  onSave: () => void;
  children: ReactNode;
};

/** The frame of a composer: Ctrl Enter saves from anywhere in it, Esc leaves it, what was typed stays. */
export function ComposeForm({ button, busy, ready, fault, onSave, children }: Props) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onSave();
        } else if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault();
          (document.activeElement as HTMLElement | null)?.blur();
        }
      }}
    >
      {children}
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.foot}>
        {ready && <Keys caps={caps('mod+enter')} />}
        <Button type="submit" size="xs" loading={busy} disabled={!ready}>
          {button}
        </Button>
      </div>
    </form>
  );
}
