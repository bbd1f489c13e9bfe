import i18next from 'i18next';
import type { Field, Kind } from '@/api/types';
import { fieldLabel, groupLabel } from '@/lib/words';

/** A field that a filter can ask for, with the way that leads to it: company.city, roles.company.name. */
export type Place = {
  path: string;
  field: Field;
  /** The kind or list the field is of: they name its options. */
  kind: Kind;
  list?: string;
  label: string;
  group: string;
};

/** Where a path leads: to a field, to none, or out of what pages know, where the server alone can judge. */
export type Found = Place | 'missing' | 'unknown';

const stamps: Field[] = [
  { key: 'createdAt', type: 'instant' },
  { key: 'updatedAt', type: 'instant' },
];

const apart = ' › ';

/** The part of a list's row that stands for it, as the server has it. */
const mainPart = (list: Field) => list.fields?.find((f) => f.key === 'value') ?? list.fields?.[0];

/** A list itself is asked by its main part: a tag, an e-mail address. */
const asked = (field: Field): Field =>
  field.type === 'list' ? { ...(mainPart(field) ?? field), key: field.alias ?? field.key, group: field.group } : field;

const fieldOf = (kind: Kind, key: string) =>
  kind.fields.find((f) => f.key === key) ??
  kind.fields.find((f) => f.alias === key) ??
  stamps.find((f) => f.key === key);

/** Follows a path from field to field, as the server does. */
export function findField(kinds: Kind[], kind: Kind, path: string): Found {
  const keys = path.split('.');
  const words: string[] = [];
  let at = kind;
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] ?? '';
    if (key === 'id' || key === 'deletedAt') return 'unknown';
    let field = fieldOf(at, key);
    if (!field) return 'missing';
    let list: string | undefined;
    words.push(fieldLabel(at, field.alias && keys.length === i + 1 ? field.alias : field.key));
    if (field.type === 'list' && i + 1 < keys.length) {
      i += 1;
      list = field.key;
      const part = field.fields?.find((f) => f.key === keys[i]);
      if (!part) return 'missing';
      words.push(fieldLabel(at, `${list}.${part.key}`));
      field = part;
    }
    if (i + 1 === keys.length) {
      const group = words.length > 1 ? words.slice(0, -1).join(apart) : field.group ? groupLabel(at, field.group) : '';
      const inList = list ?? (field.type === 'list' ? field.key : undefined);
      return { path, field: asked(field), kind: at, list: inList, label: words.join(apart), group };
    }
    if (field.type !== 'link') return 'missing';
    const next = keys[i + 1] ?? '';
    const targets = (field.targets ?? []).map((name) => kinds.find((k) => k.name === name));
    if (targets.some((k) => k === undefined)) return 'unknown';
    const target = targets.find((k) => k && fieldOf(k, next)) ?? targets[0];
    if (!target) return 'unknown';
    at = target;
  }
  return 'missing';
}

/** The keys of a kind's own fields as a filter calls them; lists by their parts where they have several. */
function keysOf(kind: Kind): string[] {
  return kind.fields.filter((f) => f.type !== 'list' || f.alias || f.fields?.length === 1).map((f) => f.alias ?? f.key);
}

/** What can be asked for by picking: every field, the parts of lists, and the fields of what is linked. */
export function filterFields(kinds: Kind[], kind: Kind): Place[] {
  const near = [...keysOf(kind), ...stamps.map((f) => f.key)];
  const parts: string[] = [];
  const far: string[] = [];
  const beyond = (path: string, field: Field) => {
    for (const name of field.targets ?? []) {
      const target = kinds.find((k) => k.name === name);
      if (target) far.push(...keysOf(target).map((key) => `${path}.${key}`));
    }
  };
  for (const field of kind.fields) {
    if (field.type === 'link') beyond(field.key, field);
    if (field.type !== 'list' || field.alias || (field.fields?.length ?? 0) < 2) continue;
    for (const part of field.fields ?? []) {
      parts.push(`${field.key}.${part.key}`);
      if (part.type === 'link') beyond(`${field.key}.${part.key}`, part);
    }
  }
  const paths = [...new Set([...near, ...parts, ...far])];
  return paths.map((path) => findField(kinds, kind, path)).filter((f) => typeof f !== 'string');
}

/** How a comparison is said for a field: of days it is "on or after", of numbers "at least". */
export function opText(op: string, type: Field['type'] | undefined): string {
  const days = type === 'date' || type === 'instant';
  return i18next.t(
    days && ['=', '<', '<=', '>', '>='].includes(op) ? `view:page.filter.day.${op}` : `ui:filter.op.${op}`,
  );
}
