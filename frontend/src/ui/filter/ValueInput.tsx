import { MultiSelect, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field, Kind, Links, Value } from '@/api/types';
import { countryChoices, currencyChoices, languageChoices } from '@/lib/codes';
import { type Literal, literal, type Op } from '@/lib/filter';
import { optionLabel } from '@/lib/words';
import { FieldInput } from '../fields/FieldInput';
import { TagInput } from '../fields/TagInput';
import type { Place } from './filterFields';
import { LinkValues } from './LinkValues';
import { RelativeDay } from './RelativeDay';

type Props = {
  place: Place;
  kinds: Kind[];
  op: Op;
  values: Literal[];
  links: Links;
  currency: string;
  onChange: (values: Literal[], links?: Links) => void;
};

export const isTag = (place: Place) => place.path === 'tag' || place.path.endsWith('.tag');

/** The value of a condition, by the type of its field. */
export function ValueInput({ place, kinds, op, values, links, currency, onChange }: Props) {
  const { t } = useTranslation();
  const { kind, field, list } = place;
  const texts = values.map((v) => v.text);
  // What stays as it was keeps the form it had in the text.
  const write = (next: string[]) =>
    onChange(next.map((text) => values.find((v) => v.text === text) ?? literal(text, field.type)));

  if (isTag(place)) {
    const many = op === 'in';
    return (
      <TagInput
        kind={kind.name}
        label={t('filter.value')}
        value={many ? texts : texts.slice(0, 1)}
        onChange={(next) => write(many ? next : next.slice(-1))}
        inside
      />
    );
  }
  if (field.type === 'link' && (op === '=' || op === 'in'))
    return (
      <LinkValues place={place} kinds={kinds} many={op === 'in'} values={values} links={links} onChange={onChange} />
    );
  const choices = choicesOf(kind, field, list);
  if (op === 'in' && choices) {
    return (
      <MultiSelect
        label={t('filter.value')}
        data={withUnknown(choices, texts)}
        value={texts}
        onChange={write}
        searchable
        data-autofocus
        nothingFoundMessage={t('pick.none')}
        comboboxProps={{ withinPortal: false }}
      />
    );
  }
  if (op === 'in') {
    return (
      <TagsInput
        label={t('filter.value')}
        value={texts}
        onChange={write}
        splitChars={[]}
        acceptValueOnBlur
        data-autofocus
      />
    );
  }
  if (field.type === 'date' || field.type === 'instant')
    return (
      <RelativeDay kind={kind} field={field} value={texts[0] ?? ''} onChange={(next) => write(next ? [next] : [])} />
    );
  // "Contains" and "starts with" compare as text whatever the field holds.
  const asText = op === '~' || op === '^';
  const simple: Partial<Record<Field['type'], Field['type']>> = { longtext: 'text', email: 'text' };
  return (
    <FieldInput
      kind={kind}
      field={{ ...field, type: asText ? 'text' : (simple[field.type] ?? field.type) }}
      value={texts[0] ?? null}
      links={links}
      label={t('filter.value')}
      currency={currency}
      list={list}
      onChange={(next: Value) => write(next === null || next === undefined || next === '' ? [] : [String(next)])}
    />
  );
}

type Choice = { value: string; label: string };

function choicesOf(kind: Kind, field: Field, list?: string): Choice[] | undefined {
  switch (field.type) {
    case 'country':
      return countryChoices();
    case 'language':
      return languageChoices();
    case 'currency':
      return currencyChoices();
    case 'choice':
      return (field.options ?? []).map((o) => ({ value: o, label: optionLabel(kind, field, o, list) }));
    default:
      return undefined;
  }
}

const withUnknown = (choices: Choice[], values: string[]) => [
  ...choices,
  ...values.filter((v) => !choices.some((c) => c.value === v)).map((v) => ({ value: v, label: v })),
];
