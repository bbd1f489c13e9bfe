import i18next from 'i18next';
import type { Field, Kind, Links, ListRow, Value } from '@/api/types';
import { countryName, currencyName, day, languageName, moment, money, number } from '@/lib/format';
import { fieldView } from '@/lib/modules';
import { optionLabel } from '@/lib/words';
import { plainOf } from '../markup/words';

/** What a value needs beside itself to be written: titles of linked records and the currency of its record. */
export type Around = { links: Links; currency: string };

/** A value as people read it: in cells, in cards, in what is copied. */
export function fieldText(kind: Kind, field: Field, value: Value, around: Around, list?: string): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map((row) => rowText(kind, field, row, around)).join('; ');
  const text = String(value);
  const own = list ? undefined : fieldView(kind.name, field.key)?.text;
  if (own) return own(text);
  switch (field.type) {
    case 'number':
      return number(text, field.digits && text.includes('.') ? field.digits : undefined);
    case 'money':
      return money(text, around.currency);
    case 'date':
      return day(text);
    case 'instant':
      return moment(text);
    case 'yesno':
      return i18next.t(value ? 'ui:value.yes' : 'ui:value.no');
    case 'choice':
      return optionLabel(kind, field, text, list);
    case 'link':
      return around.links[text]?.title ?? text;
    case 'currency':
      return currencyName(text);
    case 'country':
      return countryName(text);
    case 'language':
      return languageName(text);
    default:
      return field.marks ? plainOf(text) : text;
  }
}

/** One row of a list in one line: an e-mail by its address, a role by role and company, an address by its lines. */
export function rowText(kind: Kind, list: Field, row: ListRow, around: Around): string {
  const parts = (list.fields ?? []).filter((f) => f.key !== 'type');
  if (list.key === 'addresses') return addressLines(row).join(', ');
  return parts
    .map((f) => fieldText(kind, f, row[f.key], around, list.key))
    .filter(Boolean)
    .join(', ');
}

/** A postal address as lines, the town with its postcode, the country by name. */
export function addressLines(row: ListRow): string[] {
  const at = (key: string) => String(row[key] ?? '').trim();
  const town = [at('postcode'), at('city')].filter(Boolean).join(' ');
  const country = at('country') ? countryName(at('country')) : '';
  return [at('street'), at('line2'), town, at('region'), country].filter(Boolean);
}

export const numeric = (field: Field) => field.type === 'number' || field.type === 'money';

/** The currency of a money field: its companion on the record, else the workspace's. */
export function currencyOf(row: { [key: string]: Value } | undefined, field: Field, workspace: string): string {
  const own = field.currency ? row?.[field.currency] : undefined;
  return typeof own === 'string' && own ? own : workspace;
}
