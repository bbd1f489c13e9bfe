import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field, Kind } from '@/api/types';
import { FieldInput } from '../fields/FieldInput';
import { readRelative, type Unit, units, writeRelative } from './days';
import styles from './FilterBar.module.css';

type Props = { kind: Kind; field: Field; value: string; onChange: (value: string) => void };
type Way = 'day' | 'today' | 'ago' | 'ahead';

const wayOf = (value: string): Way => {
  const relative = readRelative(value);
  if (!relative) return 'day';
  return relative.count === 0 ? 'today' : relative.count < 0 ? 'ago' : 'ahead';
};

/** A day of the calendar, or one that moves on with today. */
export function RelativeDay({ kind, field, value, onChange }: Props) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>(() => wayOf(value));
  const relative = readRelative(value) ?? { count: 7, unit: 'd' as const };
  const write = (next: Way, count: number, unit: Unit) => {
    const most = Math.min(Math.max(1, Math.round(Math.abs(count))), 99_999);
    onChange(writeRelative({ count: next === 'today' ? 0 : next === 'ago' ? -most : most, unit }));
  };
  return (
    <>
      <Select
        label={t('view:page.filter.when')}
        data={(['day', 'today', 'ago', 'ahead'] as const).map((w) => ({
          value: w,
          label: t(`view:page.filter.way.${w}`),
        }))}
        value={way}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(next) => {
          setWay(next as Way);
          if (next === 'day') onChange('');
          else write(next as Way, relative.count || 7, relative.unit);
        }}
      />
      {way === 'day' && (
        <FieldInput
          kind={kind}
          field={{ ...field, type: 'date' }}
          value={value || null}
          label={t('filter.value')}
          onChange={(next) => onChange(next ? String(next) : '')}
        />
      )}
      {(way === 'ago' || way === 'ahead') && (
        <div className={styles.relative}>
          <NumberInput
            aria-label={t('view:page.filter.howMany')}
            min={1}
            max={99_999}
            allowDecimal={false}
            value={Math.abs(relative.count)}
            onChange={(next) => write(way, Number(next) || 1, relative.unit)}
          />
          <Select
            aria-label={t('view:page.filter.unitLabel')}
            data={units.map((u) => ({ value: u, label: t(`view:page.filter.unit.${u}`) }))}
            value={relative.unit}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            onChange={(next) => write(way, relative.count, next as Unit)}
          />
        </div>
      )}
    </>
  );
}
