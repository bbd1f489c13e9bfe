import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field, Value } from '@/api/types';
import { currencyChoices, timezoneChoices } from '@/lib/codes';
import { languageName } from '@/lib/format';
import { fieldLabel, hiddenKind } from '@/lib/words';
import { FieldInput } from '@/ui/fields/FieldInput';

/** Settings are no kind of record, but their fields are of the same types. */
const kind = hiddenKind('settings');

/** What Kontor itself speaks; letters may be in any language. */
const spoken = ['en', 'de'];

type Props = { field: Field; value: Value; error?: string; onChange: (value: Value) => void };

export function SettingInput({ field, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const label = fieldLabel(kind, field.key);
  const choices =
    field.key === 'currency'
      ? currencyChoices()
      : field.key === 'timezone'
        ? timezoneChoices()
        : field.key === 'language'
          ? spoken.map((code) => ({ value: code, label: languageName(code) }))
          : undefined;
  if (choices) {
    const text = String(value ?? '');
    return (
      <Select
        label={label}
        data={choices.some((c) => c.value === text) || !text ? choices : [...choices, { value: text, label: text }]}
        value={text || null}
        searchable={choices.length > 5}
        allowDeselect={false}
        error={error}
        nothingFoundMessage={t('pick.none')}
        onChange={(next) => onChange(next)}
      />
    );
  }
  return (
    <FieldInput
      kind={kind}
      field={field}
      value={value}
      label={label}
      error={error}
      onChange={(next) => onChange(next)}
    />
  );
}
