import { type Inline, inlineOf } from './inline';

/**
 * Notes are plain text with a few marks of Markdown, so that search, history, import and export stay readable, and old
 * notes look as they always did: what is no mark keeps its lines and blanks.
 */
export type Block =
  | { kind: 'text'; line: number; lines: Inline[][] }
  | { kind: 'heading'; line: number; inner: Inline[] }
  | { kind: 'quote'; line: number; blocks: Block[] }
  | { kind: 'code'; line: number; text: string }
  | { kind: 'list'; line: number; items: Item[] };

/** Mark is what stands before it: nothing for a bullet, else the number as it was written. */
export type Item = { line: number; mark: string; checked?: boolean; inner: Inline[]; blocks: Block[] };

/** Quotes in quotes and lists in lists; what lies deeper is shown on this level. */
const deepest = 4;

const heading = /^ {0,3}#{1,3} +(\S.*)$/;
const quote = /^ {0,3}> ?(.*)$/;
const item = /^( *)(?:([-*•])|(\d{1,3}[.)])) +(\S.*)$/;
const check = /^\[([ xX])\] +(\S.*)$/;
const fence = /^ {0,3}```/;

export function blocksOf(text: string): Block[] {
  return read(text.replace(/\r\n?/g, '\n').replace(/\t/g, '  ').split('\n'), 0, 0);
}

function read(lines: string[], first: number, depth: number): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const number = first + at;
    const head = heading.exec(line);
    if (head) {
      blocks.push({ kind: 'heading', line: number, inner: inlineOf(head[1] ?? '') });
      at++;
    } else if (fence.test(line) && closing(lines, at) > 0) {
      const end = closing(lines, at);
      blocks.push({ kind: 'code', line: number, text: lines.slice(at + 1, end).join('\n') });
      at = end + 1;
    } else if (depth < deepest && quote.test(line)) {
      const end = run(lines, at, (l) => quote.test(l));
      const inner = lines.slice(at, end).map((l) => quote.exec(l)?.[1] ?? '');
      blocks.push({ kind: 'quote', line: number, blocks: read(inner, number, depth + 1) });
      at = end;
    } else if (item.test(line)) {
      const end = run(lines, at, (l) => item.test(l) || /^ {2,}\S/.test(l));
      blocks.push({ kind: 'list', line: number, items: itemsOf(lines.slice(at, end), number) });
      at = end;
    } else {
      const end = run(lines, at, (l, i) => i === at || !begins(lines, l, i, depth));
      const own = trimmed(lines.slice(at, end), blocks.length > 0, end < lines.length);
      if (own.length > 0) blocks.push({ kind: 'text', line: number, lines: own.map(inlineOf) });
      at = end;
    }
  }
  return blocks;
}

const run = (lines: string[], from: number, fits: (line: string, at: number) => boolean): number => {
  let end = from;
  while (end < lines.length && fits(lines[end] ?? '', end)) end++;
  return end;
};

/** Whether something other than text begins in a line. */
const begins = (lines: string[], line: string, at: number, depth: number) =>
  heading.test(line) ||
  item.test(line) ||
  (depth < deepest && quote.test(line)) ||
  (fence.test(line) && closing(lines, at) > 0);

/** Where code ends; code without an end is text. A text has few fences that open nothing, or one look is enough. */
function closing(lines: string[], from: number): number {
  const last = lastFence(lines);
  if (last <= from) return -1;
  for (let i = from + 1; i <= last; i++) if (fence.test(lines[i] ?? '')) return i;
  return -1;
}

const fences = new WeakMap<string[], number>();
function lastFence(lines: string[]): number {
  let last = fences.get(lines);
  if (last === undefined) {
    last = lines.findLastIndex((l) => fence.test(l));
    fences.set(lines, last);
  }
  return last;
}

/** Blank lines beside a list or a heading are the room that these take by themselves. */
function trimmed(lines: string[], after: boolean, before: boolean): string[] {
  let from = 0;
  let to = lines.length;
  while (after && from < to && !lines[from]?.trim()) from++;
  while (before && to > from && !lines[to - 1]?.trim()) to--;
  return lines.slice(from, to);
}

/** The rows of a list: deeper ones belong to the one before, lines without a mark continue it. */
function itemsOf(lines: string[], first: number): Item[] {
  const top: Item[] = [];
  const levels: { indent: number; items: Item[] }[] = [{ indent: 0, items: top }];
  let last: Item | undefined;
  lines.forEach((line, i) => {
    const found = item.exec(line);
    if (!found) {
      last?.inner.push('\n', ...inlineOf(line.trim()));
      return;
    }
    const indent = found[1]?.length ?? 0;
    while (levels.length > 1 && indent < (levels[levels.length - 1]?.indent ?? 0)) levels.pop();
    let level = levels[levels.length - 1];
    if (level && last && indent >= level.indent + 2 && levels.length < deepest && level.items.length > 0) {
      const items: Item[] = [];
      const parent = level.items[level.items.length - 1];
      parent?.blocks.push({ kind: 'list', line: first + i, items });
      level = { indent, items };
      levels.push(level);
    }
    const words = found[4] ?? '';
    const box = found[2] ? check.exec(words) : null;
    last = { line: first + i, mark: found[3] ?? '', inner: inlineOf(box?.[2] ?? words), blocks: [] };
    if (box) last.checked = box[1] !== ' ';
    level?.items.push(last);
  });
  return top;
}

/** The text with the check mark of one line set or taken away. */
export function tick(text: string, line: number, checked: boolean): string {
  const lines = text.split('\n');
  lines[line] = (lines[line] ?? '').replace(/^((?:\s*>)*\s*[-*•] +\[)[ xX](?=\] )/, `$1${checked ? 'x' : ' '}`);
  return lines.join('\n');
}

/** A text in which no mark was found is shown as it is. */
export const isPlain = (blocks: Block[]) =>
  blocks.every((b) => b.kind === 'text' && b.lines.every((l) => l.every((p) => typeof p === 'string')));
