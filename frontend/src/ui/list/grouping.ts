import i18next from 'i18next';
import type { components } from '@/api/schema';
import type { Field, Kind } from '@/api/types';
import { compare, countryName, currencyName, languageName, locale } from '@/lib/format';
import { fieldLabel, isChoices, optionLabel } from '@/lib/words';
import { allColumnFields } from './columns';

export type Group = components['schemas']['RecordGroup'];
export type Groups = components['schemas']['RecordGroups'];

/** What a list is grouped by: a field, of days and moments their month or year. */
export type Grouping = { by: string; field: Field; unit: string };
export type GroupSort = 'value' | '-value' | 'count' | '-count';
export const groupSorts: GroupSort[] = ['value', '-value', '-count', 'count'];

const units = ['month', 'year'];
const single = ['text', 'email', 'url', 'choice', 'country', 'language', 'link', 'yesno'];

/** What a list can be grouped by. A list of records has one group a value, so a name would be a group of one. */
export function groupings(kind: Kind): Grouping[] {
  return allColumnFields(kind).flatMap((field): Grouping[] => {
    if (field.key === kind.title) return [];
    if (field.type === 'date' || field.type === 'instant')
      return units.map((unit) => ({ by: `${field.key}:${unit}`, field, unit }));
    if (field.alias || isChoices(field)) return [{ by: field.alias ?? field.key, field, unit: '' }];
    return single.includes(field.type) ? [{ by: field.key, field, unit: '' }] : [];
  });
}

export function groupingText(kind: Kind, { field, unit }: Grouping): string {
  const name = fieldLabel(kind, field.key);
  return unit ? i18next.t(`view:page.group.by.${unit}`, { field: name }) : name;
}

let months: { locale: string; format: Intl.DateTimeFormat } | undefined;

/** A month in words, out of 2026-01. */
function month(value: string): string {
  if (months?.locale !== locale()) {
    const format = new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', month: 'long', year: 'numeric' });
    months = { locale: locale(), format };
  }
  const at = new Date(`${value}-15T12:00:00Z`);
  return Number.isNaN(at.getTime()) ? value : months.format.format(at);
}

/** A group's value in words. */
export function groupText(kind: Kind, { field, unit }: Grouping, group: Group): string {
  const { value } = group;
  if (value === '') return i18next.t('view:page.group.none');
  if (unit) return unit === 'month' ? month(value) : value;
  switch (field.type) {
    case 'yesno':
      return i18next.t(value === 'true' ? 'ui:value.yes' : 'ui:value.no');
    case 'choice':
      return optionLabel(kind, field, value);
    case 'country':
      return countryName(value);
    case 'language':
      return languageName(value);
    case 'currency':
      return currencyName(value);
    case 'list':
      return isChoices(field) ? optionLabel(kind, { key: 'value' }, value, field.key) : value;
    case 'link':
      return group.title || i18next.t('view:page.group.unnamed');
    default:
      return value;
  }
}

/** Codes are sorted by the name that people read, which the server does not know. */
export function sorted(kind: Kind, grouping: Grouping, found: Groups, sort: GroupSort): Group[] {
  const { type } = grouping.field;
  const named = type === 'country' || type === 'language' || type === 'currency';
  if (!named || found.more > 0 || sort.endsWith('count')) return found.groups;
  const turn = sort === '-value' ? -1 : 1;
  return found.groups.toSorted((a, b) => {
    if (a.value === '' || b.value === '') return a.value === '' ? 1 : -1;
    return turn * compare(groupText(kind, grouping, a), groupText(kind, grouping, b));
  });
}
