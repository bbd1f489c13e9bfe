import type { Row } from '@/api/types';
import { editionOf, nameOf } from './requests';

/** Files of one name beside one record: the newest first. */
export type Versions = { name: string; newest: Row; all: Row[] };

/** Names are the same as the program compares them: without case and accents. */
export const sameName = (a: string, b: string) => folded(a) === folded(b);
const folded = (name: string) =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/\s+/g, ' ').trim();

/** The files of a record by their names, in the order in which they were touched last. */
export function byName(files: Row[]): Versions[] {
  const groups = new Map<string, Versions>();
  for (const file of files) {
    const name = nameOf(file);
    const group = groups.get(folded(name));
    if (group) group.all.push(file);
    else groups.set(folded(name), { name, newest: file, all: [file] });
  }
  for (const group of groups.values()) {
    group.all.sort((a, b) => editionOf(b) - editionOf(a));
    group.newest = group.all[0] ?? group.newest;
    group.name = nameOf(group.newest);
  }
  return [...groups.values()];
}

/** The end of a name with its point; nothing where there is none. */
export const endingOf = (name: string) => /[^.]\.[^.\s]{1,12}$/.exec(name)?.[0].slice(1) ?? '';
