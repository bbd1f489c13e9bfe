import {
  Button,
  Checkbox,
  type ComboboxItem,
  type ComboboxParsedItem,
  type OptionsFilter,
  Select,
} from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds, useSession } from '@/api/house';
import type { Kind, Links } from '@/api/types';
import { matches } from '@/lib/commands';
import { type Condition, type Literal, needsValue, type Op, opsFor } from '@/lib/filter';
import styles from './FilterBar.module.css';
import { filterFields, findField, opText, type Place } from './filterFields';
import { isTag, ValueInput } from './ValueInput';

/** Of tags any may be asked for; the list of them is suggested. */
const tagOps: Op[] = ['in', '^', '~', 'empty', 'filled'];

type Props = {
  kind: Kind;
  links: Links;
  start?: Condition;
  onDone: (condition: Condition) => void;
  /** What else can be done with the condition. */
  children?: ReactNode;
};

/** One condition: field, comparison, value, each input fitting the field's type. */
export function ConditionForm({ kind, links, start, onDone, children }: Props) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const kinds = useKinds();
  const [path, setPath] = useState(start?.field ?? null);
  const [op, setOp] = useState<Op | null>(start?.op ?? null);
  const [values, setValues] = useState<Literal[]>(start?.values ?? []);
  const [not, setNot] = useState(start?.not ?? false);
  const [found, setFound] = useState<Links>(links);
  // A list that is open from the start gets its id only after the input named it: drawing once more puts that right.
  const [, settle] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => settle(true));
    return () => clearTimeout(timer);
  }, []);
  const places = useMemo(() => withStart(filterFields(kinds, kind), kinds, kind, start), [kinds, kind, start]);
  const place = places.find((p) => p.path === path);
  const usual = place ? (isTag(place) ? tagOps : opsFor(place.field.type)) : [];
  // A comparison that came from the text stays to be chosen.
  const ops = start && place && path === start.field && !usual.includes(start.op) ? [start.op, ...usual] : usual;
  const current = op && ops.includes(op) ? op : (ops[0] ?? null);
  const complete = place && current && (!needsValue(current) || values.some((v) => v.text !== ''));

  const groups = [...new Set(places.map((p) => p.group))];
  const choices = groups.map((group) => ({
    group: group || kind.name,
    items: places.filter((p) => p.group === group).map((p) => ({ value: p.path, label: p.label })),
  }));

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete) return;
        const most = current === 'in' ? values.length : 1;
        onDone({
          field: place.path,
          op: current,
          values: needsValue(current) ? values.filter((v) => v.text !== '').slice(0, most) : [],
          ...(not && { not }),
        });
      }}
    >
      {children}
      <Select
        label={t('filter.field')}
        placeholder={t('filter.chooseField')}
        data={choices}
        value={place ? path : null}
        searchable
        filter={byWords}
        maxDropdownHeight={260}
        data-autofocus={start ? undefined : true}
        defaultDropdownOpened={!start}
        nothingFoundMessage={t('pick.none')}
        comboboxProps={{ withinPortal: false }}
        onChange={(next) => {
          setPath(next);
          setOp(null);
          setValues([]);
        }}
      />
      {place && (
        <Select
          label={t('filter.comparison')}
          data={ops.map((o) => ({ value: o, label: opText(o, place.field.type) }))}
          value={current}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          onChange={(next) => setOp(next as Op)}
        />
      )}
      {place && current && needsValue(current) && (
        <ValueInput
          key={`${place.path}-${current === 'in'}`}
          place={place}
          kinds={kinds}
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
      {place && (
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

/** Words in any order, each the beginning of one: "comp ci" finds Company › City. */
const byWords: OptionsFilter = ({ options, search }) => {
  const fits = (item: ComboboxItem) => matches(item.label, search);
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!('group' in option)) return fits(option) ? [option] : [];
    const items = option.items.filter(fits);
    return items.length > 0 ? [{ ...option, items }] : [];
  });
};

/** A field that came from the text may lie deeper than those to pick from. */
function withStart(places: Place[], kinds: Kind[], kind: Kind, start?: Condition): Place[] {
  if (!start || places.some((p) => p.path === start.field)) return places;
  const own = findField(kinds, kind, start.field);
  return typeof own === 'string' ? places : [...places, own];
}
