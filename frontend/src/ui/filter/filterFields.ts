import type { Field, Kind } from '@/api/types';

/** What can be filtered: every field; lists by their mirrors. */
export function filterFields(kind: Kind): Field[] {
  return kind.fields.filter((f) => f.type !== 'list');
}
