import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { decimalMark, editable } from '@/lib/format';
import { readNumber } from '@/lib/number';

type Props = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string | null;
  onChange: (value: string | null) => void;
  suffix?: string;
};

/** A number typed with either decimal mark. Text that is no number goes on as typed: the server says what is wrong. */
export function DecimalInput({ value, onChange, suffix, ...rest }: Props) {
  const [typed, setTyped] = useState(() => (value === null ? '' : editable(value)));
  useEffect(() => {
    setTyped((old) => {
      const read = old ? (readNumber(old, decimalMark()) ?? old) : null;
      return read === value ? old : value === null ? '' : editable(value);
    });
  }, [value]);
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      value={typed}
      rightSection={suffix ? <span style={{ color: 'var(--k-muted)', fontSize: 12 }}>{suffix}</span> : undefined}
      rightSectionWidth={suffix ? 46 : undefined}
      styles={{ input: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' } }}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        onChange(text.trim() ? (readNumber(text, decimalMark()) ?? text.trim()) : null);
      }}
    />
  );
}
