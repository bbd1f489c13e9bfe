/** A long list is held as a few blocks of rows around what is seen. */
export const blockSize = 100;
export const maxBlocks = 5;

/** The blocks that rows first..last (inclusive) touch, in order. */
export function blocksFor(first: number, last: number, total: number, size = blockSize): number[] {
  if (total <= 0 || last < first) return [0];
  const end = Math.min(last, total - 1);
  const from = Math.floor(Math.max(0, Math.min(first, end)) / size);
  const to = Math.floor(end / size);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Rows that are asked for before they come into sight, the way one scrolls; a jump leads nowhere further. */
const ahead = 60;
const jump = 200;

/** The rows first..last in sight, and those that come next if one scrolls on from where one was. */
export function lookAhead(first: number, last: number, before: number): [number, number] {
  if (Math.abs(first - before) > jump) return [first, last];
  if (first > before) return [first, last + ahead];
  return first < before ? [Math.max(0, first - ahead), last] : [first, last];
}

/** Which blocks to hold: those needed now, then the most recently needed, at most max. */
export function holdBlocks(held: number[], needed: number[], max = maxBlocks): number[] {
  const next = [...needed, ...held.filter((b) => !needed.includes(b))].slice(0, Math.max(max, needed.length));
  return next.length === held.length && next.every((b, i) => b === held[i]) ? held : next;
}

/** The rows of a Shift selection, both ends included. */
export function rangeOf(a: number, b: number): number[] {
  const from = Math.min(a, b);
  return Array.from({ length: Math.abs(a - b) + 1 }, (_, i) => from + i);
}

export const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
