import { blockSize } from '@/lib/window';

/** A group in the table: its head at `start`, and below it `size - 1` rows while it is open. */
export type Span = { index: number; start: number; size: number };
export type Layout = { spans: Span[]; total: number };

/** Lays groups out one below the other. */
export function layOut(counts: number[], open: (index: number) => boolean): Layout {
  let total = 0;
  const spans = counts.map((count, index) => {
    const span = { index, start: total, size: open(index) ? count + 1 : 1 };
    total += span.size;
    return span;
  });
  return { spans, total };
}

/** The group a line of the table belongs to. */
export function spanAt({ spans }: Layout, line: number): Span | undefined {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (!span) return undefined;
    if (line < span.start) high = middle - 1;
    else if (line >= span.start + span.size) low = middle + 1;
    else return span;
  }
  return undefined;
}

export type Block = { group: number; block: number };

/** The blocks of rows that lines first..last (inclusive) touch. */
export function blocksIn(layout: Layout, first: number, last: number): Block[] {
  const found: Block[] = [];
  let line = Math.max(0, first);
  for (let span = spanAt(layout, line); span && line <= last; span = spanAt(layout, line)) {
    const from = Math.max(0, line - span.start - 1);
    const to = Math.min(last, span.start + span.size - 1) - span.start - 1;
    for (let block = Math.floor(from / blockSize); block <= Math.floor(to / blockSize); block += 1)
      found.push({ group: span.index, block });
    line = span.start + span.size;
  }
  return found;
}
