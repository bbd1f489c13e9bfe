import type { FieldType } from '@/api/types';

/**
 * A filter as chips show it, and its text. The text is what the address, a saved view and the server have; the tree is
 * what people take hold of. filterText.ts reads the one into the other, filterTree.ts changes it.
 */
export type Op = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '^' | 'in' | 'empty' | 'filled';

/** A value of a condition. Bare ones stand in the text without quotation marks: 12.5, true, 2026-01-31, today-7d, me. */
export type Literal = { text: string; bare?: boolean };
export type Condition = { field: string; op: Op; values: Literal[]; not?: boolean };

/** Conditions of which all or any must hold; turned round by not: none of them, or not all. */
export type Group = { join: 'and' | 'or'; parts: Filter[]; not?: boolean };
export type Filter = Condition | Group;

export const isGroup = (filter: Filter): filter is Group => 'parts' in filter;

const textOps: Op[] = ['~', '^', '=', '!=', 'in', 'empty', 'filled'];
const orderOps: Op[] = ['=', '>=', '<=', '>', '<', 'empty', 'filled'];

export function opsFor(type: FieldType): Op[] {
  switch (type) {
    case 'number':
    case 'money':
    case 'date':
    case 'instant':
      return orderOps;
    case 'yesno':
      return ['='];
    case 'choice':
    case 'country':
    case 'language':
    case 'currency':
      return ['in', '!=', 'empty', 'filled'];
    case 'link':
      return ['=', 'in', '~', 'empty', 'filled'];
    default:
      return textOps;
  }
}

export const needsValue = (op: Op) => op !== 'empty' && op !== 'filled';

const bareTypes: FieldType[] = ['number', 'money', 'date', 'instant', 'yesno'];
const bareText = /^([+-]?\d[\d.-]*|true|false|today([+-]\d{1,5}[dwmy])?)$/;

/** What somebody typed for a field of a type, as a literal. */
export function literal(text: string, type: FieldType | undefined): Literal {
  return type && bareTypes.includes(type) && bareText.test(text) ? { text, bare: true } : { text };
}

export const me: Literal = { text: 'me', bare: true };
export const isMe = (value: Literal | undefined) => value?.bare === true && value.text.toLowerCase() === 'me';

export function quote(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

function conditionText({ field, op, values, not }: Condition): string {
  const all = values.map((v) => (v.bare ? v.text : quote(v.text)));
  const turned = not ? 'not ' : '';
  if (op === 'empty') return `${turned}${field} is empty`;
  if (op === 'filled') return `${turned}${field} is not empty`;
  if (op !== 'in') return `${turned}${field} ${op} ${all[0] ?? '""'}`;
  return `${turned}${field} ${all.length === 1 ? `= ${all[0]}` : `in (${all.join(', ')})`}`;
}

function partText(part: Filter): string {
  if (!isGroup(part)) return conditionText(part);
  return `${part.not ? 'not ' : ''}(${part.parts.map(partText).join(` ${part.join} `)})`;
}

/** The text of a filter; nothing for a group without parts. */
export function compose(filter: Group): string {
  if (filter.parts.length === 0) return '';
  return filter.not ? partText(filter) : filter.parts.map(partText).join(` ${filter.join} `);
}

/** Joins two filters of any form; brackets keep an "or" inside its own half. */
export function both(a: string, b: string): string {
  if (!a.trim()) return b.trim();
  if (!b.trim()) return a.trim();
  const wrap = (text: string) => (/\bor\b/i.test(text) ? `(${text.trim()})` : text.trim());
  return `${wrap(a)} and ${wrap(b)}`;
}

/** A condition on a choice reads "is one of": "=" and "in" are the same there. */
export function normalise(condition: Condition, type: FieldType | undefined): Condition {
  if (condition.op === '=' && type && !opsFor(type).includes('=') && opsFor(type).includes('in'))
    return { ...condition, op: 'in' };
  return condition;
}

export type Sort = { key: string; down: boolean };

export function readSort(text: string): Sort[] {
  return text
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean)
    .map((s) => ({ key: s.replace(/^[-+]/, ''), down: s.startsWith('-') }));
}

export const writeSort = (sorts: Sort[]) => sorts.map((s) => (s.down ? '-' : '') + s.key).join(',');

/** A click on a head: up, down, then as the kind sorts by itself; with Shift the column joins the others. */
export function clickSort(sorts: Sort[], key: string, add: boolean): Sort[] {
  const known = sorts.find((s) => s.key === key);
  if (!known) return add ? [...sorts, { key, down: false }] : [{ key, down: false }];
  if (!known.down) {
    const turned = { key, down: true };
    return add ? sorts.map((s) => (s.key === key ? turned : s)) : [turned];
  }
  return add ? sorts.filter((s) => s.key !== key) : [];
}
