import { type Filter, type Group, isGroup } from './filter';

/** Where a part stands in a tree: its place in each group on the way down. */
export type Path = number[];

/** How the parts of a group go together, in the four ways people say it. */
export type Head = 'all' | 'any' | 'none' | 'some';
export const heads: Head[] = ['all', 'any', 'none', 'some'];

export const headOf = (group: Group): Head =>
  group.join === 'and' ? (group.not ? 'some' : 'all') : group.not ? 'none' : 'any';

const headed = (group: Group, head: Head): Group => ({
  join: head === 'all' || head === 'some' ? 'and' : 'or',
  parts: group.parts,
  ...((head === 'none' || head === 'some') && { not: true }),
});

const turned = (filter: Filter): Filter => {
  const { not, ...plain } = filter;
  return not ? plain : { ...plain, not: true };
};

/** Takes out groups that hold nothing, and the brackets round a single part: the text would lose them anyway. */
function tidy(filter: Filter): Filter | undefined {
  if (!isGroup(filter)) return filter;
  const parts = filter.parts.map(tidy).filter((p) => p !== undefined);
  const [only] = parts;
  if (!only) return undefined;
  if (parts.length === 1) return filter.not ? turned(only) : only;
  return { ...filter, parts };
}

export function whole(filter: Filter): Group {
  const tidied = tidy(filter);
  if (!tidied) return { join: 'and', parts: [] };
  return isGroup(tidied) ? tidied : { join: 'and', parts: [tidied] };
}

function change(group: Group, path: Path, by: (parent: Group, at: number) => Filter[]): Group {
  const [at = 0, ...rest] = path;
  if (rest.length === 0) return { ...group, parts: by(group, at) };
  return { ...group, parts: group.parts.map((p, i) => (i === at && isGroup(p) ? change(p, rest, by) : p)) };
}

const spliced = (parts: Filter[], at: number, count: number, ...by: Filter[]) => parts.toSpliced(at, count, ...by);

/** The tree with a part replaced, or without it. */
export const put = (root: Group, path: Path, next?: Filter): Group =>
  whole(change(root, path, ({ parts }, at) => spliced(parts, at, 1, ...(next ? [next] : []))));

/** The tree with one more part at the end of a group. */
export const add = (root: Group, path: Path, part: Filter): Group =>
  path.length === 0
    ? whole({ ...root, parts: [...root.parts, part] })
    : whole(
        change(root, path, ({ parts }, at) => {
          const group = parts[at];
          return group && isGroup(group) ? spliced(parts, at, 1, { ...group, parts: [...group.parts, part] }) : parts;
        }),
      );

const opposite = (join: Group['join']): Group['join'] => (join === 'and' ? 'or' : 'and');

/** A part gets another one beside it, of which one is enough where all must hold, and the other way round. */
export const pair = (root: Group, path: Path, part: Filter): Group =>
  whole(
    change(root, path, ({ join, parts }, at) => {
      const own = parts[at];
      return own ? spliced(parts, at, 1, { join: opposite(join), parts: [own, part] }) : parts;
    }),
  );

/** A part and the next one become a group; only where others stay outside, else it would be the whole. */
export const joinable = (parent: Group, at: number) => parent.parts.length > 2 && at + 1 < parent.parts.length;
export const joinNext = (root: Group, path: Path): Group =>
  whole(
    change(root, path, ({ join, parts }, at) =>
      spliced(parts, at, 2, { join: opposite(join), parts: parts.slice(at, at + 2) }),
    ),
  );

/** The parts of a group stand in the group around it; "none of" becomes "not" of each. */
export const ungroup = (root: Group, path: Path): Group =>
  whole(
    change(root, path, ({ parts }, at) => {
      const group = parts[at];
      if (!group || !isGroup(group)) return parts;
      return spliced(parts, at, 1, ...(group.not ? group.parts.map(turned) : group.parts));
    }),
  );

export const setHead = (root: Group, path: Path, head: Head): Group =>
  path.length === 0
    ? whole(headed(root, head))
    : whole(
        change(root, path, ({ parts }, at) => {
          const group = parts[at];
          return group && isGroup(group) ? spliced(parts, at, 1, headed(group, head)) : parts;
        }),
      );
