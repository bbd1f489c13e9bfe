import { Button, MultiSelect, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import type { Field, Kind, Links, Value } from '@/api/types';
import { countryChoices, languageChoices } from '@/lib/codes';
import { type Condition, needsValue, type Op, opsFor } from '@/lib/filter';
import { fieldLabel, groupLabel, optionLabel } from '@/lib/words';
import { FieldInput } from '../fields/FieldInput';
import styles from './FilterBar.module.css';

type Props = { kind: Kind; fields: Field[]; links: Links; start?: Condition; onDone: (condition: Condition) => void };

/** One condition: field, comparison, value, each input fitting the field's type. */
export function ConditionForm({ kind, fields, links, start, onDone }: Props) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const [key, setKey] = useState(start?.field ?? null);
  const [op, setOp] = useState<Op | null>(start?.op ?? null);
  const [values, setValues] = useState<string[]>(start?.values ?? []);
  const [found, setFound] = useState<Links>(links);
  // A list that is open from the start gets its id only after the input named it: drawing once more puts that right.
  const [, settle] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => settle(true));
    return () => clearTimeout(timer);
  }, []);
  const field = fields.find((f) => f.key === key);
  const ops = field ? opsFor(field.type) : [];
  const current = op && ops.includes(op) ? op : (ops[0] ?? null);
  const complete = field && current && (!needsValue(current) || values.some((v) => v !== ''));

  const groups = [...new Set(fields.map((f) => f.group ?? ''))];
  const choices = groups.map((group) => ({
    group: group ? groupLabel(kind, group) : kind.name,
    items: fields
      .filter((f) => (f.group ?? '') === group)
      .map((f) => ({ value: f.key, label: fieldLabel(kind, f.key) })),
  }));

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete)
          onDone({ field: field.key, op: current, values: needsValue(current) ? values.filter(Boolean) : [] });
      }}
    >
      <Select
        label={t('filter.field')}
        placeholder={t('filter.chooseField')}
        data={choices}
        value={key}
        searchable
        data-autofocus={start ? undefined : true}
        defaultDropdownOpened={!start}
        nothingFoundMessage={t('pick.none')}
        comboboxProps={{ withinPortal: false }}
        onChange={(next) => {
          setKey(next);
          setOp(null);
          setValues([]);
        }}
      />
      {field && (
        <Select
          label={t('filter.comparison')}
          data={ops.map((o) => ({ value: o, label: t(`filter.op.${o}`) }))}
          value={current}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          onChange={(next) => setOp(next as Op)}
        />
      )}
      {field && current && needsValue(current) && (
        <ValueInput
          key={`${field.key}-${current === 'in'}`}
          kind={kind}
          field={field}
          op={current}
          values={values}
          links={found}
          currency={currency}
          onChange={(next, more) => {
            setValues(next);
            if (more) setFound((old) => ({ ...old, ...more }));
          }}
        />
      )}
      <Button type="submit" disabled={!complete}>
        {t(start ? 'filter.apply' : 'filter.addThis')}
      </Button>
    </form>
  );
}

type ValueProps = {
  kind: Kind;
  field: Field;
  op: Op;
  values: string[];
  links: Links;
  currency: string;
  onChange: (values: string[], links?: Links) => void;
};

function ValueInput({ kind, field, op, values, links, currency, onChange }: ValueProps) {
  const { t } = useTranslation();
  if (op === 'in') {
    const data =
      field.type === 'country'
        ? countryChoices()
        : field.type === 'language'
          ? languageChoices()
          : (field.options ?? []).map((o) => ({ value: o, label: optionLabel(kind, field, o) }));
    return (
      <MultiSelect
        label={t('filter.value')}
        data={data}
        value={values}
        onChange={(next) => onChange(next)}
        searchable
        data-autofocus
        nothingFoundMessage={t('pick.none')}
        comboboxProps={{ withinPortal: false }}
      />
    );
  }
  // "Contains" on a link compares the title as text.
  const asked: Field = field.type === 'link' && op === '~' ? { ...field, type: 'text' } : field;
  const plain: Field = asked.type === 'longtext' || asked.type === 'email' ? { ...asked, type: 'text' } : asked;
  return (
    <FieldInput
      kind={kind}
      field={plain}
      value={values[0] ?? null}
      links={links}
      label={t('filter.value')}
      currency={currency}
      onChange={(next: Value, more) => onChange([next === null || next === undefined ? '' : String(next)], more)}
    />
  );
}
