import { TextInput } from '@mantine/core';
import { readClock } from '@/lib/clock';

type Props = {
  label: string;
  value: string;
  error?: string;
  onChange: (value: string) => void;
};

/** A time of day as people type it; leaving the field writes it out. */
export function ClockInput({ label, value, error, onChange }: Props) {
  return (
    <TextInput
      label={label}
      value={value}
      error={error}
      placeholder="09:30"
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        const clock = readClock(value);
        if (clock && clock !== value) onChange(clock);
      }}
    />
  );
}
