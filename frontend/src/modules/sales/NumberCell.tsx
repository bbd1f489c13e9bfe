import { useRef, useState } from 'react';
import { calculate, isSum } from '@/lib/calculate';
import { decimalMark, editable, number } from '@/lib/format';
import { readNumber } from '@/lib/number';
import { Sum } from '@/ui/fields/Sum';
import styles from './grid.module.css';

type Props = {
  label: string;
  value: string;
  /** Digits a result may have. */
  digits: number;
  /** Digits that are shown at least, such as the currency's. */
  shown?: number;
  invalid?: boolean;
  describedBy?: string;
  name?: string;
  className?: string;
  onChange: (value: string) => void;
};

/** A number as it stands in a document while nobody edits it. */
function atRest(value: string, shown: number): string {
  if (readNumber(value, '.') !== value) return value;
  const own = value.split('.')[1]?.length ?? 0;
  return shown > 0 ? number(value, Math.max(own, shown)) : number(value, own);
}

/** A number that calculates: "3*4,5" shows what it comes to while it is typed, and Enter or leaving takes it over. */
export function NumberCell({
  label,
  value,
  digits,
  shown = 0,
  invalid,
  describedBy,
  name,
  className,
  onChange,
}: Props) {
  const [typed, show] = useState<string | null>(null);
  // Enter settles, and so does leaving right after it: what was typed may count only once.
  const open = useRef<string | null>(null);
  const setTyped = (text: string | null) => {
    open.current = text;
    show(text);
  };
  const before = useRef(value);
  const read = (text: string) => calculate(text, { mark: decimalMark(), digits, before: before.current });
  const sum = typed !== null && isSum(typed) ? read(typed) : undefined;

  const settle = () => {
    const text = open.current?.trim();
    if (text === undefined) return;
    // What is no number stays as typed; the engine says what is wrong with it.
    const next = text === '' ? '' : (read(text) ?? text);
    setTyped(null);
    before.current = next;
    if (next !== value) onChange(next);
  };

  return (
    <span className={styles.numberBox}>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        data-column={name}
        className={className ?? styles.number}
        value={typed ?? atRest(value, shown)}
        onFocus={(event) => {
          before.current = value;
          setTyped(readNumber(value, '.') === value ? editable(value) : value);
          const input = event.currentTarget;
          requestAnimationFrame(() => document.activeElement === input && input.select());
        }}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const next = text.trim() === '' ? '' : read(text);
          if (next !== undefined && next !== value) onChange(next);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
          else if (event.key === 'Escape' && typed !== null) {
            event.preventDefault();
            event.stopPropagation();
            setTyped(editable(before.current));
            if (before.current !== value) onChange(before.current);
          }
        }}
        onBlur={settle}
      />
      {sum !== undefined && <Sum text={number(sum)} />}
    </span>
  );
}
