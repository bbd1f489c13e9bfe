import { readNumber } from '@/lib/number';
import { type Line, newLine, noDiscount, type Tax } from './document';

/** A block of cells as Excel, Calc and web pages put it on the clipboard: tabs and lines, quotes round line breaks. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((c) => c !== '')) rows.push(row);
    row = [];
  };
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else if (c === '"') quoted = false;
      else cell += c === '\r' ? '' : c;
    } else if (c === '"' && cell === '' && closes(text, i)) quoted = true;
    else if (c === '\t') endCell();
    else if (c === '\n') endRow();
    else if (c !== '\r') cell += c;
  }
  endRow();
  return rows;
}

/** A quote opens a cell only where another closes it within the same cell: 19" is a size. */
const closes = (text: string, open: number) => /^(?:[^"\t]|"")*"(?=[\t\r\n]|$)/.test(text.slice(open + 1));

type Role = 'text' | 'note' | 'quantity' | 'unit' | 'price' | 'discount' | 'tax' | 'none';

const heads: [Role, RegExp][] = [
  ['none', /^(pos|position|nr|no|#|lfd|gesamt|total|summe|sum|amount|betrag|netto|net|gesamtpreis|line total)\b/],
  ['quantity', /^(qty|quantity|menge|anzahl|stückzahl|stk\.?zahl|count)\b/],
  ['unit', /^(unit|units|einheit|me|eh|uom)\b/],
  ['discount', /^(disc|discount|rabatt|nachlass)\b/],
  ['tax', /^(tax|vat|mwst|ust|steuer|umsatzsteuer|mehrwertsteuer)\b/],
  ['price', /^(price|unit price|preis|einzelpreis|e-?preis|ep|stückpreis|vk|rate)\b/],
  ['note', /^(note|notes|remark|details|bemerkung|anmerkung|langtext)\b/],
  ['text', /^(text|item|description|article|product|name|bezeichnung|beschreibung|artikel|produkt|leistung|titel)\b/],
];

const headOf = (cell: string): Role | undefined => heads.find(([, words]) => words.test(cell.toLowerCase()))?.[0];

/** The number in a cell, without its currency sign or percent. */
function numberIn(cell: string, mark: string): string | undefined {
  const bare = cell.replace(/%|[€$£¥]|\b[A-Z]{3}\b/g, '').trim();
  return bare ? readNumber(bare, mark) : undefined;
}

type Seen = { at: number; cells: string[]; numbers: (string | undefined)[]; share: number; length: number };

/** Guesses what the columns of a block are, from a row of titles or from what stands in them. */
export function guessColumns(rows: string[][], mark: string): { roles: Role[]; hasHead: boolean } {
  const width = Math.max(0, ...rows.map((r) => r.length));
  const titles = Array.from({ length: width }, (_, i) => headOf(rows[0]?.[i] ?? ''));
  const noNumbers = (rows[0] ?? []).every((cell) => numberIn(cell, mark) === undefined);
  if (rows.length > 1 && noNumbers && titles.filter((t) => t && t !== 'none').length >= Math.min(2, width)) {
    return { roles: titles.map((t) => t ?? 'none'), hasHead: true };
  }
  const roles: Role[] = Array.from({ length: width }, () => 'none');
  const columns: Seen[] = roles.map((_, at) => {
    const cells = rows.map((r) => r[at] ?? '').filter((c) => c !== '');
    const numbers = cells.map((c) => numberIn(c, mark));
    const share = cells.length === 0 ? 0 : numbers.filter((n) => n !== undefined).length / cells.length;
    return { at, cells, numbers, share, length: Math.max(0, ...cells.map((c) => c.length)) };
  });
  const words = columns.filter((c) => c.cells.length > 0 && c.share < 0.5).sort((a, b) => b.length - a.length);
  const text = words[0];
  if (text) roles[text.at] = 'text';
  const unit = words.find((c) => c !== text && c.length <= 10);
  if (unit) roles[unit.at] = 'unit';
  const note = words.find((c) => c !== text && c !== unit && c.length > 10);
  if (note) roles[note.at] = 'note';
  const counted = columns.filter((c) => c.share >= 0.5 && c.cells.length > 0 && !(text && isCounter(c, text)));
  guessNumbers(counted, roles);
  return { roles, hasHead: false };
}

/** 1, 2, 3 … left of the text are positions. */
const isCounter = (column: Seen, text: Seen) =>
  column.at < text.at && column.cells.length > 1 && column.numbers.every((n, i) => n === String(i + 1));

function guessNumbers(columns: Seen[], roles: Role[]): void {
  const percents = columns.filter((c) => c.cells.some((cell) => cell.includes('%')));
  const tax = percents.at(-1);
  if (tax) roles[tax.at] = 'tax';
  const discount = percents.length > 1 ? percents[0] : undefined;
  if (discount) roles[discount.at] = 'discount';
  const plain = columns.filter((c) => !percents.includes(c));
  const [first, second, third] = plain;
  if (!first) return;
  if (!second) {
    const priced = first.cells.some((cell) => /[.,]\d{2}\b|[€$£¥]/.test(cell));
    roles[first.at] = priced ? 'price' : 'quantity';
    return;
  }
  roles[first.at] = 'quantity';
  roles[second.at] = 'price';
  // A small number behind the price is a rate; a larger one is the sum of the line, which Kontor works out itself.
  if (third && !tax && third.numbers.every((n) => n !== undefined && /^\d{1,2}(\.\d+)?$/.test(n))) {
    roles[third.at] = 'tax';
  }
}

/** Lines out of a pasted block; a row with a text only is a title within a priced list, else an item. */
export function linesFromBlock(block: string, mark: string, usualTax: Tax): Line[] {
  const rows = readBlock(block);
  const { roles, hasHead } = guessColumns(rows, mark);
  const priced = roles.includes('price') || roles.includes('quantity');
  return (hasHead ? rows.slice(1) : rows).map((row) => {
    const at = (role: Role) => row[roles.indexOf(role)] ?? '';
    const number = (role: Role) => (at(role) ? (numberIn(at(role), mark) ?? at(role)) : '');
    const alone = priced && row.filter((cell) => cell !== '').length === 1 && at('text') !== '';
    if (alone) return { ...newLine('title'), text: at('text') };
    const [text = '', ...rest] = at('text').split('\n');
    const rate = number('tax');
    return {
      ...newLine('item', rate ? { rate, category: '', reason: '' } : usualTax),
      text,
      note: [...rest, at('note')].filter(Boolean).join('\n'),
      quantity: number('quantity') || '1',
      unit: at('unit'),
      price: number('price'),
      discount: number('discount') ? { by: 'percent', value: number('discount') } : noDiscount,
    };
  });
}

/** Whether a paste is a block of cells rather than words for the one cell. */
export const isBlock = (text: string) => text.trim().includes('\t') || text.trim().split('\n').length > 1;
