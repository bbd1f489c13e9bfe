import type { ReactNode } from 'react';

type Props = { onSave: () => void; onEscape?: () => void; className?: string; children: ReactNode };

/** A form that Enter saves from a line, and Ctrl Enter from anywhere in it. Its faults are told in our words. */
export function FormFrame({ onSave, onEscape, className, children }: Props) {
  return (
    <form
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onSave();
        } else if (event.key === 'Escape' && onEscape && !event.defaultPrevented) {
          event.preventDefault();
          onEscape();
        }
      }}
    >
      {children}
    </form>
  );
}
