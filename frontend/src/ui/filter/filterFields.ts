import type { Field, Kind } from '@/api/types';

/** What can be filtered: every field; lists by their mirrors, tags by one of them. */
export function filterFields(kind: Kind): Field[] {
  return kind.fields
    .filter((f) => f.type !== 'list' || f.alias)
    .map((f) => (f.alias ? { key: f.alias, type: 'text', group: f.group } : f));
}
