import { Button, Checkbox, MultiSelect, Select, TagsInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import type { Field, Kind, Links, Value } from '@/api/types';
import { countryChoices, languageChoices } from '@/lib/codes';
import { type Condition, needsValue, type Op, opsFor } from '@/lib/filter';
import { fieldLabel, groupLabel, optionLabel } from '@/lib/words';
import { FieldInput } from '../fields/FieldInput';
import { TagInput } from '../fields/TagInput';
import styles from './FilterBar.module.css';

/** Of tags any may be asked for; the list of them is suggested. */
const tagOps: Op[] = ['in', '^', '~', 'empty', 'filled'];
const textual = ['text', 'longtext', 'email', 'phone', 'url'];
const isTag = (field: Field) => field.key === 'tag';

type Props = { kind: Kind; fields: Field[]; links: Links; start?: Condition; onDone: (condition: Condition) => void };

/** One condition: field, comparison, value, each input fitting the field's type. */
export function ConditionForm({ kind, fields, links, start, onDone }: Props) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const [key, setKey] = useState(start?.field ?? null);
  const [op, setOp] = useState<Op | null>(start?.op ?? null);
  const [values, setValues] = useState<string[]>(start?.values ?? []);
  const [not, setNot] = useState(start?.not ?? false);
  const [found, setFound] = useState<Links>(links);
  // A list that is open from the start gets its id only after the input named it: drawing once more puts that right.
  const [, settle] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => settle(true));
    return () => clearTimeout(timer);
  }, []);
  const field = fields.find((f) => f.key === key);
  const ops = field ? (isTag(field) ? tagOps : opsFor(field.type)) : [];
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
          onDone({
            field: field.key,
            op: current,
            values: needsValue(current) ? values.filter(Boolean) : [],
            ...(not && { not }),
          });
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
      {field && (
        <Checkbox
          size="xs"
          label={t('view:page.filter.not')}
          checked={not}
          onChange={(e) => setNot(e.currentTarget.checked)}
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
  if (isTag(field)) {
    const only = op === 'in' ? values : values.slice(0, 1);
    return (
      <TagInput
        kind={kind.name}
        label={t('filter.value')}
        value={only}
        onChange={(next) => onChange(op === 'in' ? next : next.slice(-1))}
        inside
      />
    );
  }
  if (op === 'in' && textual.includes(field.type)) {
    return (
      <TagsInput
        label={t('filter.value')}
        value={values}
        onChange={(next) => onChange(next)}
        splitChars={[]}
        acceptValueOnBlur
        data-autofocus
      />
    );
  }
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
  const simple: Partial<Record<Field['type'], Field['type']>> = { longtext: 'text', email: 'text', instant: 'date' };
  const plain: Field = { ...asked, type: simple[asked.type] ?? asked.type };
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
