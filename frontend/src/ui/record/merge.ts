import type { Kind, ListRow, Row, Value, Values } from '@/api/types';

export const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Empty parts say nothing: a row just typed lacks them, a stored one has them as null. */
const rowKey = (row: ListRow) =>
  JSON.stringify(
    Object.entries(row)
      .filter(([, v]) => v !== null && v !== undefined && v !== '')
      .sort(([a], [b]) => a.localeCompare(b)),
  );

const rowsOf = (value: Value): ListRow[] => (Array.isArray(value) ? value : []);

/** Two values of a field that say the same. */
export function equal(a: Value, b: Value): boolean {
  if (Array.isArray(a) || Array.isArray(b)) return same(rowsOf(a).map(rowKey), rowsOf(b).map(rowKey));
  return same(a === '' ? null : a, b === '' ? null : b);
}

/** Both sides' rows: what either added is there, what either took out is not. Mine come first, in my order. */
export function bothRows(was: Value, mine: Value, theirs: Value): ListRow[] {
  const before = new Set(rowsOf(was).map(rowKey));
  const here = new Set(rowsOf(mine).map(rowKey));
  const there = new Set(rowsOf(theirs).map(rowKey));
  const kept = rowsOf(mine).filter((row) => there.has(rowKey(row)) || !before.has(rowKey(row)));
  return [...kept, ...rowsOf(theirs).filter((row) => !here.has(rowKey(row)) && !before.has(rowKey(row)))];
}

export type RowMark = 'added' | 'removed' | undefined;

/** The rows of one version beside what they were: new ones marked, and at the end those that are gone. */
export function markedRows(was: Value, now: Value): { row: ListRow; mark: RowMark }[] {
  const before = new Set(rowsOf(was).map(rowKey));
  const after = new Set(rowsOf(now).map(rowKey));
  return [
    ...rowsOf(now).map((row) => ({ row, mark: before.has(rowKey(row)) ? undefined : ('added' as const) })),
    ...rowsOf(was)
      .filter((row) => !after.has(rowKey(row)))
      .map((row) => ({ row, mark: 'removed' as const })),
  ];
}

export type Sides = {
  /** Both changed it, to different values: somebody must choose. */
  disputed: string[];
  /** Only I changed it. */
  mine: string[];
  /** Only they changed it. */
  theirs: string[];
};

/** Which side changed which field of a record since it was `was`. */
export function sides(kind: Kind, was: Row, mine: Values, theirs: Row): Sides {
  // What follows from another field is not chosen by itself: a list's first row, the currency of an amount.
  const follows = (key: string) =>
    kind.fields.some((f) => (f.key === key && (f.mirror || f.type === 'currency')) || f.currency === key);
  const typed = Object.keys(mine).filter((k) => !equal(was[k], mine[k]));
  const stored = kind.fields.filter((f) => !f.readOnly && !equal(was[f.key], theirs[f.key])).map((f) => f.key);
  const disputed = typed.filter((k) => stored.includes(k) && !equal(mine[k], theirs[k]));
  return {
    disputed: disputed.filter((k) => !followsOther(kind, k, disputed)),
    mine: typed.filter((k) => !stored.includes(k) && !follows(k)),
    theirs: stored.filter((k) => !typed.includes(k) && !follows(k)),
  };
}

/** A currency is part of the amount that it belongs to, if that is disputed too. */
function followsOther(kind: Kind, key: string, disputed: string[]): boolean {
  return kind.fields.some((f) => f.currency === key && disputed.includes(f.key));
}
