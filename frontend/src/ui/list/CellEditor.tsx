import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/client';
import type { Field, Kind, Links, Row, Value } from '@/api/types';
import { fieldLabel } from '@/lib/words';
import { explain } from '../explain';
import { FieldInput } from '../fields/FieldInput';
import type { SaveOutcome } from '../record/useSave';
import styles from './DataTable.module.css';

type Props = {
  gridId: string;
  cellId: string;
  kind: Kind;
  field: Field;
  row: Row;
  links: Links;
  currency: string;
  typed?: string;
  save: (base: Row, value: Value, links: Links) => Promise<SaveOutcome>;
  /** After saving: stay here, or go on to the next cell or row. */
  onDone: (move: 'stay' | 'next' | 'previous' | 'down') => void;
};

/** The one editor of a table, laid over its active cell. */
export function CellEditor({ gridId, cellId, kind, field, row, links, currency, typed, save, onDone }: Props) {
  const [value, setValue] = useState<Value>(typed ?? row[field.key]);
  const [fault, setFault] = useState('');
  const [place, setPlace] = useState<{ left: number; top: number; width: number }>();
  const box = useRef<HTMLDivElement>(null);
  // The row as it was when editing began: saving against it reveals what others saved meanwhile.
  const base = useRef(row);
  const busy = useRef(false);
  const more = useRef<Links>(links);

  useLayoutEffect(() => {
    const cell = document.getElementById(cellId);
    const grid = document.getElementById(gridId);
    const body = cell?.closest('[role="rowgroup"]');
    if (!cell || !grid || !body) return;
    const at = cell.getBoundingClientRect();
    const origin = body.getBoundingClientRect();
    setPlace({ left: at.left - origin.left, top: at.top - origin.top, width: Math.max(at.width, 140) });
  }, [cellId, gridId]);

  useEffect(() => {
    if (!place) return;
    const input = box.current?.querySelector<HTMLInputElement>('input:not([type=hidden]), textarea');
    input?.focus();
    if (typed === undefined) input?.select?.();
  }, [place, typed]);

  const commit = async (next: Value, move: 'stay' | 'next' | 'previous' | 'down') => {
    if (busy.current) return;
    busy.current = true;
    setFault('');
    try {
      const outcome = await save(base.current, next, more.current);
      if (outcome === 'kept') return;
      onDone(move);
    } catch (error) {
      setFault(
        error instanceof ApiError
          ? (error.at(field.key) ?? error.errors[0]?.message ?? explain(error))
          : explain(error),
      );
      box.current?.querySelector<HTMLInputElement>('input, textarea')?.focus();
    } finally {
      busy.current = false;
    }
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    event.stopPropagation();
    const menuOpen = box.current?.querySelector('[aria-expanded="true"]') !== null;
    if (event.key === 'Escape') {
      event.preventDefault();
      onDone('stay');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      void commit(value, event.shiftKey ? 'previous' : 'next');
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      // An open list of choices takes Enter itself; a long text breaks the line with Shift.
      if (menuOpen && field.type !== 'date') return;
      if (field.type === 'longtext' && event.shiftKey) return;
      event.preventDefault();
      void commit(value, 'down');
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it gathers the keys of the input inside
    <div
      ref={box}
      data-editor
      className={styles.editor}
      style={place}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const to = event.relatedTarget as Element | null;
        if (box.current?.contains(to) || to?.closest('[data-portal], [role="dialog"]')) return;
        if (!busy.current && !fault) void commit(value, 'stay');
      }}
    >
      {place && (
        <FieldInput
          kind={kind}
          field={field}
          value={value}
          links={more.current}
          currency={currency}
          ariaLabel={fieldLabel(kind, field.key)}
          autoFocus
          onChange={(next, found) => {
            more.current = { ...more.current, ...found };
            setValue(next);
            setFault('');
          }}
          onPick={(next, found) => {
            more.current = { ...more.current, ...found };
            void commit(next, 'stay');
          }}
        />
      )}
      {fault && (
        <div className={styles.editorFault} role="alert">
          {fault}
        </div>
      )}
    </div>
  );
}
