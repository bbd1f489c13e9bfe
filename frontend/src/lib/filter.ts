import type { Field, FieldType } from '@/api/types';

/**
 * The part of the filter language that chips can show: conditions joined by "and", each maybe turned round by "not" or
 * with several values of which one must fit. Anything richer (or, brackets) stays text and is shown as such; the
 * server's parser is the judge of both.
 */
export type Op = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '^' | 'in' | 'empty' | 'filled';
export type Condition = { field: string; op: Op; values: string[]; not?: boolean };

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
      return ['in', '!=', 'empty', 'filled'];
    case 'link':
      return ['=', '~', 'empty', 'filled'];
    default:
      return textOps;
  }
}

export const needsValue = (op: Op) => op !== 'empty' && op !== 'filled';

const bare = /^(-?\d+(\.\d+)?|true|false|me|\d{4}-\d{2}-\d{2}|today([+-]\d+[dwmy])?)$/;
const bareTypes: FieldType[] = ['number', 'money', 'date', 'instant', 'yesno'];

export function quote(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

function literal(value: string, type: FieldType | undefined): string {
  const plain = type === undefined ? value === 'me' : bareTypes.includes(type) || value === 'me';
  return plain && bare.test(value) ? value : quote(value);
}

export function composeOne(condition: Condition, type?: FieldType): string {
  return (condition.not ? 'not ' : '') + comparison(condition, type);
}

function comparison({ field, op, values }: Condition, type?: FieldType): string {
  if (op === 'empty') return `${field} is empty`;
  if (op === 'filled') return `${field} is not empty`;
  if (op === 'in') {
    if (values.length === 1) return `${field} = ${literal(values[0] ?? '', type)}`;
    return `${field} in (${values.map((v) => literal(v, type)).join(', ')})`;
  }
  return `${field} ${op} ${literal(values[0] ?? '', type)}`;
}

export function compose(conditions: Condition[], fields: Field[]): string {
  return conditions.map((c) => composeOne(c, fields.find((f) => f.key === c.field)?.type)).join(' and ');
}

/** Joins two filters of any form; brackets keep an "or" inside its own half. */
export function both(a: string, b: string): string {
  if (!a.trim()) return b.trim();
  if (!b.trim()) return a.trim();
  const wrap = (text: string) => (/\bor\b/i.test(text) ? `(${text.trim()})` : text.trim());
  return `${wrap(a)} and ${wrap(b)}`;
}

const token = /\s*(?:"((?:[^"\\]|\\.)*)"|(!=|<=|>=|=|<|>|~|\^|\(|\)|,)|([^\s"!<>=~^(),]+))/y;
type Token = { text: string; kind: 'string' | 'mark' | 'word' };

function tokens(text: string): Token[] | undefined {
  const found: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    if (/^\s*$/.test(text.slice(token.lastIndex))) break;
    const hit = token.exec(text);
    if (!hit) return undefined;
    if (hit[1] !== undefined) found.push({ text: hit[1].replace(/\\(.)/g, '$1'), kind: 'string' });
    else if (hit[2] !== undefined) found.push({ text: hit[2], kind: 'mark' });
    else found.push({ text: hit[3] ?? '', kind: 'word' });
  }
  return found;
}

/** Reads a filter back into conditions, or undefined when chips cannot show it. */
export function readFilter(text: string): Condition[] | undefined {
  if (!text.trim()) return [];
  const all = tokens(text);
  if (!all) return undefined;
  const conditions: Condition[] = [];
  let at = 0;
  const word = (expected: string) => {
    const hit = all[at]?.kind === 'word' && all[at]?.text.toLowerCase() === expected;
    if (hit) at += 1;
    return hit;
  };
  const mark = (expected: string) => {
    const hit = all[at]?.kind === 'mark' && all[at]?.text === expected;
    if (hit) at += 1;
    return hit;
  };
  while (at < all.length) {
    if (conditions.length > 0 && !word('and')) return undefined;
    const turned = word('not') ? { not: true } : {};
    const field = all[at];
    if (field?.kind !== 'word' || field.text.toLowerCase() === 'not') return undefined;
    at += 1;
    if (word('is')) {
      const not = word('not');
      if (!word('empty')) return undefined;
      conditions.push({ field: field.text, op: not ? 'filled' : 'empty', values: [], ...turned });
      continue;
    }
    if (word('in')) {
      if (!mark('(')) return undefined;
      const values: string[] = [];
      do {
        const value = all[at];
        if (!value || value.kind === 'mark') return undefined;
        values.push(value.text);
        at += 1;
      } while (mark(','));
      if (!mark(')')) return undefined;
      conditions.push({ field: field.text, op: 'in', values, ...turned });
      continue;
    }
    const op = all[at];
    const value = all[at + 1];
    if (op?.kind !== 'mark' || op.text === '(' || op.text === ')' || op.text === ',') return undefined;
    if (!value || value.kind === 'mark') return undefined;
    conditions.push({ field: field.text, op: op.text as Op, values: [value.text], ...turned });
    at += 2;
  }
  return conditions;
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
