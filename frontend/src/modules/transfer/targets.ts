import i18next from 'i18next';
import type { Field, Kind } from '@/api/types';
import { fieldLabel, isOwn, kindOne, optionLabel } from '@/lib/words';

export type Target = { value: string; label: string };
export type TargetGroup = { group: string; items: Target[] };

export const targetValue = (kind: string, field: string) => (field ? `${kind}:${field}` : '');

export function readTarget(value: string): { kind: string; field: string } {
  const at = value.indexOf(':');
  return at < 0 ? { kind: '', field: '' } : { kind: value.slice(0, at), field: value.slice(at + 1) };
}

/** Lists with many parts a row, such as addresses, are filled part by part. */
const partsOf = (list: Field) => (list.fields ?? []).filter((f) => f.key !== 'type');

function listTargets(kind: Kind, list: Field): Target[] {
  const parts = partsOf(list);
  const type = list.fields?.find((f) => f.key === 'type');
  const name = fieldLabel(kind, list.key);
  const one = (slot: string, slotName: string) =>
    parts.map((part) => ({
      value: targetValue(kind.name, parts.length === 1 ? `${list.key}.${slot}` : `${list.key}.${slot}.${part.key}`),
      label: `${fieldLabel(kind, `${list.key}.${part.key}`)} (${slotName})`,
    }));
  return [
    ...(type?.options ?? []).flatMap((option) => one(option, optionLabel(kind, type as Field, option, list.key))),
    ...one('2', '2'),
    { value: targetValue(kind.name, list.key), label: i18next.t('transfer:page.columns.whole', { name }) },
  ];
}

function ownTargets(kind: Kind): Target[] {
  const fields = kind.fields.filter((f) => !f.readOnly || f.key === kind.title);
  return [
    ...fields
      .filter((f) => f.type !== 'list' || isOwn(f.key))
      .map((f) => ({ value: targetValue(kind.name, f.key), label: fieldLabel(kind, f.key) })),
    ...fields.filter((f) => f.type === 'list' && !isOwn(f.key)).flatMap((f) => listTargets(kind, f)),
    { value: targetValue(kind.name, 'id'), label: i18next.t('transfer:page.columns.id') },
  ];
}

/** Everything a column can fill: the fields of the kind, and those of the records that its links make beside it. */
export function targetsOf(kind: Kind, kinds: Kind[]): TargetGroup[] {
  const linked = kind.fields
    .filter((f) => f.type === 'link' && !f.readOnly && f.targets?.length === 1)
    .map((f) => kinds.find((k) => k.name === f.targets?.[0]))
    .filter((k) => k !== undefined && k !== kind) as Kind[];
  return [
    { group: kindOne(kind), items: ownTargets(kind) },
    ...[...new Set(linked)].map((other) => ({
      group: kindOne(other),
      items: other.fields
        .filter((f) => !f.readOnly && f.type !== 'list')
        .map((f) => ({
          value: targetValue(other.name, f.key),
          label: `${kindOne(other)}: ${fieldLabel(other, f.key)}`,
        })),
    })),
  ];
}

/** How a mapped field is called; a target we do not offer is called as the server calls it. */
export function targetLabel(groups: TargetGroup[], kind: string, field: string): string {
  const value = targetValue(kind, field);
  return groups.flatMap((g) => g.items).find((i) => i.value === value)?.label ?? field;
}

const matchTypes: Field['type'][] = ['text', 'email', 'phone', 'url'];

/** Fields by which a row can meet a stored record: those that a column fills. */
export function keyChoices(kind: Kind, mapped: { kind: string; field: string }[]): Target[] {
  const own = new Set(mapped.filter((m) => m.kind === kind.name).map((m) => m.field.split('.')[0]));
  const has = (f: Field) => own.has(f.key) || (f.mirror !== undefined && own.has(f.mirror.split('.')[0]));
  const fields = kind.fields.filter((f) => matchTypes.includes(f.type) && has(f));
  const choices = fields
    .filter((f) => ['name', 'number', 'email', 'phone', 'website', 'vat'].includes(f.key))
    .map((f) => ({ value: f.key, label: fieldLabel(kind, f.key) }));
  const name = fields.find((f) => f.key === kind.title);
  const city = fields.find((f) => f.key === 'city');
  if (name && city) {
    choices.push({
      value: `${name.key}+${city.key}`,
      label: i18next.t('transfer:page.match.both', {
        first: fieldLabel(kind, name.key),
        second: fieldLabel(kind, city.key),
      }),
    });
  }
  if (own.has('id')) choices.unshift({ value: 'id', label: i18next.t('transfer:page.columns.id') });
  return choices;
}
