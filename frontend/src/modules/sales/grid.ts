import { type Line, lineId, newLine } from './document';

/** The columns that keys go through. A line that is no item has only its text. */
export const columns = ['text', 'note', 'quantity', 'unit', 'price', 'discount', 'tax'] as const;
export type Column = (typeof columns)[number];
export type Cell = { line: string; column: Column };

export const columnsOf = (line: Line): readonly Column[] => (line.kind === 'item' ? columns : ['text']);

export const indexOf = (lines: Line[], id: string) => lines.findIndex((l) => l.id === id);

/** Puts lines below a line, or at the end. */
export function insertBelow(lines: Line[], id: string | undefined, added: Line[]): Line[] {
  const at = id === undefined ? -1 : indexOf(lines, id);
  const to = at < 0 ? lines.length : at + 1;
  return [...lines.slice(0, to), ...added, ...lines.slice(to)];
}

export const changeLine = (lines: Line[], id: string, patch: Partial<Line>): Line[] =>
  lines.map((line) => (line.id === id ? { ...line, ...patch } : line));

export const removeLine = (lines: Line[], id: string): Line[] => lines.filter((line) => line.id !== id);

/** Puts a removed line back where it was, unless it is there already. */
export const putBack = (lines: Line[], line: Line, at: number): Line[] =>
  indexOf(lines, line.id) < 0 ? [...lines.slice(0, at), line, ...lines.slice(at)] : lines;

/** A copy right below, ready to be changed. */
export function duplicateLine(lines: Line[], id: string): { lines: Line[]; copy: string } {
  const line = lines[indexOf(lines, id)];
  if (!line) return { lines, copy: id };
  const copy = { ...line, id: lineId() };
  return { lines: insertBelow(lines, id, [copy]), copy: copy.id };
}

export function moveLine(lines: Line[], id: string, by: -1 | 1): Line[] {
  const at = indexOf(lines, id);
  const to = at + by;
  const line = lines[at];
  if (!line || to < 0 || to >= lines.length) return lines;
  const rest = removeLine(lines, id);
  return [...rest.slice(0, to), line, ...rest.slice(to)];
}

/** The next item starts with the tax of the last one: most documents have one rate. */
export function followingLine(lines: Line[], below: string | undefined, usual: Line['tax']): Line {
  const upTo = below === undefined ? lines.length : indexOf(lines, below) + 1;
  const before = lines.slice(0, upTo).findLast((line) => line.kind === 'item' && (line.tax.rate || line.tax.category));
  return newLine('item', before?.tax ?? usual);
}

/** The same column of the row above or below; a line without that column is entered at its text. */
export function cellBeside(lines: Line[], from: Cell, by: -1 | 1): Cell | undefined {
  const line = lines[indexOf(lines, from.line) + by];
  if (!line) return undefined;
  return { line: line.id, column: columnsOf(line).includes(from.column) ? from.column : 'text' };
}

/** The next cell in reading order. Undefined behind the last one, where a new line begins. */
export function cellAfter(lines: Line[], from: Cell, by: -1 | 1): Cell | undefined {
  const at = indexOf(lines, from.line);
  const line = lines[at];
  if (!line) return undefined;
  const own = columnsOf(line);
  const column = own[own.indexOf(from.column) + by];
  if (column) return { line: line.id, column };
  const next = lines[at + by];
  const first = next && (by > 0 ? 'text' : columnsOf(next).at(-1));
  return next && first ? { line: next.id, column: first } : undefined;
}

/** Where a fault belongs: a cell of the grid, or a field of the head. */
export type Place = { cell: Cell } | { field: string };

const parts: Record<string, Column> = {
  text: 'text',
  quantity: 'quantity',
  unit: 'unit',
  price: 'price',
  discount: 'discount',
  discountPercent: 'discount',
  discountAmount: 'discount',
  tax: 'tax',
  rate: 'tax',
  category: 'tax',
  reason: 'tax',
  parts: 'tax',
};

/** Reads the path of a field in the document, such as lines[2].discount.percent, as the place where it is edited. */
export function placeOf(path: string, sent: string[]): Place {
  const inLines = /^lines\[(\d+)\](?:\.(\w+))?/.exec(path);
  if (inLines) {
    const line = sent[Number(inLines[1])];
    if (line !== undefined) return { cell: { line, column: parts[inLines[2] ?? ''] ?? 'text' } };
    return { field: 'lines' };
  }
  const head = path.split(/[.[]/)[0] ?? '';
  const inTexts = head === 'texts' ? path.split('.')[1] : undefined;
  return { field: inTexts ?? (head.startsWith('discount') ? 'discount' : head) };
}
