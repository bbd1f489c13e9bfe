import type { Field, Kind, Row } from '@/api/types';
import { fieldLabel, isChoices } from '@/lib/words';
import { Badge } from '../Badge';
import { currencyOf, fieldText, numeric } from '../fields/fieldText';
import { TagChips } from '../fields/TagChips';
import styles from './DataTable.module.css';
import type { Column } from './table';

const widths: Partial<Record<Field['type'], number>> = {
  email: 210,
  phone: 160,
  url: 200,
  money: 175,
  number: 110,
  date: 130,
  instant: 170,
  yesno: 90,
  choice: 130,
  country: 130,
  language: 120,
  link: 210,
  longtext: 320,
  list: 200,
};

/** Fields a list can show: child lists stand in it by their mirrors, but for tags and choices; a currency within its amount. */
export function columnFields(kind: Kind): Field[] {
  return kind.fields.filter((f) => (f.type !== 'list' || f.alias || isChoices(f)) && f.type !== 'currency');
}

const stamps: Field[] = [
  { key: 'createdAt', type: 'instant', readOnly: true, sortable: true },
  { key: 'updatedAt', type: 'instant', readOnly: true, sortable: true },
];

export function allColumnFields(kind: Kind): Field[] {
  const own = columnFields(kind);
  return [...own, ...stamps.filter((s) => !own.some((f) => f.key === s.key))];
}

export function makeColumns(kind: Kind, keys: string[], workspaceCurrency: string): Column[] {
  const fields = allColumnFields(kind);
  return keys
    .map((key) => fields.find((f) => f.key === key))
    .filter((f) => f !== undefined)
    .map((field) => makeColumn(kind, field, workspaceCurrency));
}

function makeColumn(kind: Kind, field: Field, workspaceCurrency: string): Column {
  const title = field.key === kind.title;
  const text: Column['text'] = (row, links) =>
    fieldText(kind, field, row[field.key], { links, currency: currencyOf(row, field, workspaceCurrency) });
  return {
    key: field.key,
    label: fieldLabel(kind, field.key),
    width: title ? 260 : (widths[field.type] ?? 140),
    right: numeric(field),
    sortable: field.sortable === true,
    editable: !field.readOnly && field.type !== 'list',
    digits: numeric(field) || field.type === 'phone',
    title,
    text,
    cell: (row: Row, links) => {
      const shown = text(row, links);
      if (field.alias) return <TagChips value={row[field.key]} />;
      if (field.type === 'choice' && shown) return <Badge tone="indigo">{shown}</Badge>;
      return shown && !title ? <span className={styles.text}>{shown}</span> : shown;
    },
  };
}
