import { queryOptions } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { Field, FieldType, Kind, Row } from '@/api/types';

/** What a field of the user's own can hold; several choices are a type of their own here, and a list elsewhere. */
export const types = [
  'text',
  'longtext',
  'number',
  'money',
  'date',
  'yesno',
  'choice',
  'choices',
  'link',
  'email',
  'phone',
  'url',
] as const;
export type OwnType = (typeof types)[number];

export type Option = { value: string; code?: string; retired?: boolean };

/** A definition as the API has it: a record of the hidden kind "field". */
export type Definition = Row & {
  kind: string;
  key: string;
  type: OwnType;
  group: string | null;
  required: boolean | null;
  default: string | null;
  help: string | null;
  digits: string | null;
  target: string | null;
  hidden: boolean | null;
};

export type Misfit = { id: string; title: string; text: string };
export type Conversion = { fit: number; misfits: number; first: Misfit[] };
type Saved = { field: Definition; batch?: string; conversion: Conversion };

export const fieldsQuery = (kind: string) =>
  queryOptions({
    queryKey: ['fields', kind],
    queryFn: ({ signal }) =>
      call<{ fields: Definition[]; filled: Record<string, number> }>('/fields', { signal, params: { kind } }),
  });

export const createField = (values: object) => call<Saved>('/fields', { method: 'POST', json: { values } });

export const changeField = (field: Definition, values: object) =>
  call<Saved>(`/fields/${field.id}`, { method: 'PATCH', json: { version: field.version, values } });

export const convertField = (field: Definition, values: object, dry: boolean) =>
  call<Saved>(`/fields/${field.id}/convert`, {
    method: 'POST',
    json: { version: field.version, values, dry },
    timeout: 600_000,
  });

export const orderFields = (kind: string, ids: string[]) =>
  call<{ batch: string }>('/fields/order', { method: 'PUT', json: { kind, ids } });

export const optionsOf = (field: Definition): Option[] =>
  (Array.isArray(field.options) ? field.options : []).map((row) => ({
    value: String(row.value ?? ''),
    code: row.code ? String(row.code) : undefined,
    retired: row.retired === true || undefined,
  }));

/** The field as inputs know it, while it is being made. */
export function asField(type: OwnType, options: Option[], digits: string): Field {
  const one: FieldType = type === 'choices' ? 'choice' : type;
  return {
    key: '_default',
    type: one,
    options: options.map((o) => o.value).filter(Boolean),
    digits: Number(digits) || 0,
  };
}

/** The kinds that take fields of the user's own. */
export const extensible = (kinds: Kind[]) => kinds.filter((k) => k.extensible);
