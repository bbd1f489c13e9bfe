import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = { label: string; value: string; error?: string; onChange: (value: string) => void };

const repeats = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

/** How often something comes again. A rule that is not among the choices stays as it is. */
export function RepeatChoice({ label, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const data = [
    { value: '', label: t('activities:page.repeat.none') },
    ...repeats.map((unit) => ({ value: `FREQ=${unit}`, label: t(`activities:page.repeat.${unit.toLowerCase()}`) })),
  ];
  if (!data.some((d) => d.value === value)) data.push({ value, label: value });
  return (
    <Select
      label={label}
      data={data}
      value={value}
      error={error}
      allowDeselect={false}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

const minutes = ['0', '10', '30', '60', '120', '1440'];

/** How long before somebody is told. */
export function RemindChoice({ label, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const data = [
    { value: '', label: t('activities:page.remind.none') },
    ...minutes.map((m) => ({ value: m, label: t(`activities:page.remind.m${m}`) })),
  ];
  if (!data.some((d) => d.value === value))
    data.push({ value, label: t('activities:page.remind.other', { count: Number(value) }) });
  return (
    <Select
      label={label}
      data={data}
      value={value}
      error={error}
      allowDeselect={false}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
