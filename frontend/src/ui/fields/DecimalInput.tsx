import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { calculate, isSum } from '@/lib/calculate';
import { decimalMark, editable, number } from '@/lib/format';
import { Sum } from './Sum';
import styles from './Sum.module.css';

type Props = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string | null;
  onChange: (value: string | null) => void;
  /** Digits a result may have. */
  digits?: number;
  suffix?: string;
};

/**
 * A number typed with either decimal mark, or a sum such as "3*4,5" that is shown and handed on as what it comes to.
 * Text that is neither goes on as typed: the server says what is wrong.
 */
export function DecimalInput({ value, onChange, digits = 6, suffix, onFocus, onBlur, ...rest }: Props) {
  const [typed, setTyped] = useState(() => (value === null ? '' : editable(value)));
  // "-5%" changes what stood there before the field was entered.
  const before = useRef(value ?? '');
  const read = (text: string) =>
    text.trim() ? (calculate(text, { mark: decimalMark(), digits, before: before.current }) ?? text.trim()) : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a value from outside replaces what is typed
  useEffect(() => {
    setTyped((old) => (read(old) === value ? old : value === null ? '' : editable(value)));
  }, [value]);
  const result = isSum(typed) ? read(typed) : null;
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      value={typed}
      rightSection={suffix ? <span style={{ color: 'var(--k-muted)', fontSize: 12 }}>{suffix}</span> : undefined}
      rightSectionWidth={suffix ? 46 : undefined}
      styles={{ input: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' } }}
      inputContainer={(input) => (
        <div className={styles.anchor}>
          {input}
          {result !== null && result !== typed.trim() && <Sum text={number(result)} />}
        </div>
      )}
      onFocus={(event) => {
        before.current = value ?? '';
        onFocus?.(event);
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(read(event.currentTarget.value));
      }}
      onBlur={(event) => {
        if (result !== null) setTyped(editable(result));
        onBlur?.(event);
      }}
    />
  );
}
