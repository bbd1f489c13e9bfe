import type { Kind } from '@/api/types';
import { type Filter, type Group, isGroup } from '@/lib/filter';
import { whole } from '@/lib/filterTree';
import { fieldLabel } from '@/lib/words';
import { findField } from './filterFields';

/** What people called a field that is gone; of one behind a link only the path is known. */
export const lostName = (kind: Kind, path: string) => (path.includes('.') ? path : fieldLabel(kind, path));

/** The fields that a filter asks for and the kind no longer has, by the names people knew them by. */
export function lostFields(kinds: Kind[], kind: Kind, filter: Group | undefined): string[] {
  const names = new Set<string>();
  const look = (part: Filter) => {
    if (isGroup(part)) return part.parts.forEach(look);
    if (findField(kinds, kind, part.field) !== 'missing') return;
    names.add(lostName(kind, part.field));
  };
  filter?.parts.forEach(look);
  return [...names];
}

/** The filter without the conditions that ask for what is not there. */
export function withoutLost(kinds: Kind[], kind: Kind, filter: Group): Group {
  const kept = (part: Filter): Filter[] => {
    if (isGroup(part)) return [{ ...part, parts: part.parts.flatMap(kept) }];
    return findField(kinds, kind, part.field) === 'missing' ? [] : [part];
  };
  return whole({ ...filter, parts: filter.parts.flatMap(kept) });
}
