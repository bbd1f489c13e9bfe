import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import { clockOf, readClock } from '@/lib/clock';
import { dayOf } from '@/lib/format';
import { DayInput } from './DayInput';
import styles from './MomentInput.module.css';

type Props = {
  label?: string;
  'aria-label'?: string;
  error?: string;
  autoFocus?: boolean;
  value: string | null;
  onChange: (value: string | null) => void;
};

const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/;

/** A day and a time of the workspace's time zone: "2026-03-04T10:00", which Go reads there. */
export function MomentInput({ value, onChange, label, ...rest }: Props) {
  const { t } = useTranslation();
  const { timezone } = useSession();
  const local = parts.exec(value ?? '');
  const day = value ? (local?.[1] ?? dayOf(value)) : null;
  const clock = value ? (local?.[2] ?? clockOf(value, timezone)) : '';
  const [typed, setTyped] = useState<string | null>(null);
  const name = label ?? rest['aria-label'];
  const settle = (text: string) => {
    setTyped(null);
    const read = readClock(text);
    if (day && read) onChange(`${day}T${read}`);
  };
  return (
    <div className={styles.moment}>
      <DayInput
        {...rest}
        label={label}
        value={day}
        onChange={(next) => onChange(next && `${next}T${clock || '09:00'}`)}
      />
      <TextInput
        className={styles.clock}
        aria-label={t('field.clock', { field: name })}
        placeholder="09:00"
        autoComplete="off"
        disabled={!day}
        value={typed ?? clock}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const read = /^\d{1,2}:\d{2}$/.test(text.trim()) ? readClock(text) : undefined;
          if (day && read) onChange(`${day}T${read}`);
        }}
        onBlur={(event) => typed !== null && settle(event.currentTarget.value)}
      />
    </div>
  );
}
