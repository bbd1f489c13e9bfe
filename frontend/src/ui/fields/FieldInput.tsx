import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field, Kind, Links, ListRow, Value } from '@/api/types';
import { countryChoices, currencyChoices, languageChoices } from '@/lib/codes';
import { fieldView } from '@/lib/modules';
import { isChoices, optionLabel } from '@/lib/words';
import { DayInput } from './DayInput';
import { DecimalInput } from './DecimalInput';
import { ListInput } from './ListInput';
import { MomentInput } from './MomentInput';
import { RecordPicker } from './RecordPicker';
import { tagsOf } from './TagChips';
import { TagInput } from './TagInput';

export type FieldInputProps = {
  kind: Kind;
  field: Field;
  value: Value;
  onChange: (value: Value, links?: Links) => void;
  /** A choice made by picking is final: editors save on it. */
  onPick?: (value: Value, links?: Links) => void;
  links?: Links;
  label?: string;
  ariaLabel?: string;
  error?: string;
  /** Faults of the rows of a list, by their path such as emails[0].value. */
  faultAt?: (path: string) => string | undefined;
  autoFocus?: boolean;
  currency?: string;
  /** The list this field is a part of, for the names of its options. */
  list?: string;
  placeholder?: string;
};

/** The input of every type of field: create dialog, record card, cell editor and filter use the same. */
export function FieldInput(props: FieldInputProps) {
  const { kind, field, value, onChange, onPick, links, label, ariaLabel, error, autoFocus, currency, list } = props;
  const { t } = useTranslation();
  const text = value === null || value === undefined || Array.isArray(value) ? '' : String(value);
  const common = {
    label,
    'aria-label': label ? undefined : ariaLabel,
    error,
    'data-autofocus': autoFocus || undefined,
    autoFocus,
    description: label ? field.help : undefined,
    placeholder: props.placeholder ?? (field.default ? t('fields.default', { value: field.default }) : undefined),
    withAsterisk: false,
    required: false,
  };
  const pick = (next: Value, more?: Links) => {
    onChange(next, more);
    onPick?.(next, more);
  };
  const select = (data: { value: string; label: string }[], searchable: boolean) => (
    <Select
      {...common}
      data={known(data, text)}
      value={text || null}
      onChange={(next) => pick(next)}
      searchable={searchable}
      clearable={field.key !== 'type' || !list}
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      nothingFoundMessage={t('pick.none')}
      defaultDropdownOpened={Boolean(autoFocus && onPick)}
    />
  );

  const choices = (of: Field, within?: string) =>
    (of.options ?? []).map((option) => ({ value: option, label: optionLabel(kind, of, option, within) }));

  const Own = list ? undefined : fieldView(kind.name, field.key)?.Input;
  if (Own)
    return (
      <Own
        {...{ value, label, error, autoFocus }}
        ariaLabel={label ? undefined : ariaLabel}
        onChange={(next) => pick(next)}
      />
    );

  switch (field.type) {
    case 'longtext':
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={12}
          value={text}
          onChange={(e) => onChange(e.currentTarget.value || null)}
        />
      );
    case 'number':
    case 'money':
      return (
        <DecimalInput
          {...common}
          value={text || null}
          onChange={onChange}
          digits={field.digits}
          suffix={field.type === 'money' ? currency : undefined}
        />
      );
    case 'instant':
      return <MomentInput {...common} value={text || null} onChange={onChange} />;
    case 'date':
      return <DayInput {...common} value={text ? text.slice(0, 10) : null} onChange={onChange} onPick={onPick} />;
    case 'yesno':
      return select(
        [
          { value: 'true', label: t('value.yes') },
          { value: 'false', label: t('value.no') },
        ],
        false,
      );
    case 'choice':
      return select(choices(field, list), (field.options ?? []).length > 8);
    case 'country':
      return select(countryChoices(), true);
    case 'currency':
      return select(currencyChoices(), true);
    case 'language':
      return select(languageChoices(), true);
    case 'link':
      return (
        <RecordPicker
          {...common}
          targets={field.targets ?? []}
          value={text || null}
          title={text ? (links?.[text]?.title ?? '') : ''}
          onPick={pick}
          open={Boolean(autoFocus && onPick)}
        />
      );
    case 'list':
      if (isChoices(field)) {
        const part = field.fields?.[0] as Field;
        const chosen = choicesOf(value, part.key);
        return (
          <MultiSelect
            {...common}
            data={chosen.reduce(known, choices(part, field.key))}
            value={chosen}
            onChange={(next) => onChange(next.map((one) => ({ [part.key]: one })))}
            error={error ?? props.faultAt?.(`${field.key}[0].${part.key}`)}
            searchable
            clearable
            hidePickedOptions
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            nothingFoundMessage={t('pick.none')}
          />
        );
      }
      if (field.alias) {
        return (
          <TagInput
            kind={kind.name}
            value={tagsOf(value)}
            onChange={(tags) => onChange(tags.map((tag) => ({ value: tag })))}
            label={label}
            aria-label={label ? undefined : ariaLabel}
            error={error ?? props.faultAt?.(`${field.key}[0].value`)}
            autoFocus={autoFocus}
          />
        );
      }
      return (
        <ListInput
          kind={kind}
          field={field}
          value={(Array.isArray(value) ? value : []) as ListRow[]}
          onChange={onChange}
          links={links}
          label={label}
          error={error}
          faultAt={props.faultAt}
          autoFocus={autoFocus}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={field.type === 'email' ? 'email' : field.type === 'phone' ? 'tel' : 'text'}
          inputMode={field.type === 'url' ? 'url' : undefined}
          autoComplete="off"
          spellCheck={field.type === 'text' ? undefined : false}
          value={text}
          onChange={(e) => onChange(e.currentTarget.value || null)}
        />
      );
  }
}

/** The options that the rows of a field of several choices name. */
function choicesOf(value: Value, key: string): string[] {
  return Array.isArray(value) ? value.map((row) => String(row[key] ?? '')).filter(Boolean) : [];
}

/** A code that the list of choices does not know is shown all the same, not dropped. */
function known(data: { value: string; label: string }[], value: string) {
  return value && !data.some((d) => d.value === value) ? [...data, { value, label: value }] : data;
}
