import { describe, expect, it } from 'vitest';
import { documentOf, draftOf, type Line, newLine } from './document';
import {
  cellAfter,
  cellBeside,
  duplicateLine,
  followingLine,
  insertBelow,
  moveLine,
  placeOf,
  putBack,
  removeLine,
} from './grid';

const item = (text: string): Line => ({
  ...newLine(),
  text,
  price: '1',
  tax: { rate: '20', category: '', reason: '' },
});
const texts = (lines: Line[]) => lines.map((l) => l.text).join('');

describe('lines', () => {
  const [a, b, c] = [item('a'), item('b'), item('c')];
  const lines = [a, b, c];

  it('moves, copies, adds and removes', () => {
    expect(texts(moveLine(lines, b.id, -1))).toBe('bac');
    expect(texts(moveLine(lines, b.id, 1))).toBe('acb');
    expect(texts(moveLine(lines, a.id, -1))).toBe('abc');
    expect(texts(moveLine(lines, c.id, 1))).toBe('abc');
    const copied = duplicateLine(lines, b.id);
    expect(texts(copied.lines)).toBe('abbc');
    expect(copied.lines[2]?.id).toBe(copied.copy);
    expect(copied.copy).not.toBe(b.id);
    expect(texts(insertBelow(lines, a.id, [item('x'), item('y')]))).toBe('axybc');
    expect(texts(insertBelow(lines, undefined, [item('x')]))).toBe('abcx');
    expect(texts(removeLine(lines, b.id))).toBe('ac');
    expect(texts(putBack(removeLine(lines, a.id), a, 0))).toBe('abc');
    expect(texts(putBack(removeLine(lines, c.id), c, 2))).toBe('abc');
    expect(texts(putBack(lines, b, 1))).toBe('abc');
  });

  it('gives the next line the tax of the one before', () => {
    expect(followingLine(lines, a.id, { rate: '7', category: '', reason: '' }).tax.rate).toBe('20');
    expect(followingLine([], undefined, { rate: '7', category: '', reason: '' }).tax.rate).toBe('7');
  });

  it('goes from cell to cell', () => {
    const title = newLine('title');
    const all = [a, title, c];
    expect(cellBeside(all, { line: a.id, column: 'price' }, 1)).toEqual({ line: title.id, column: 'text' });
    expect(cellBeside(all, { line: a.id, column: 'price' }, -1)).toBeUndefined();
    expect(cellAfter(all, { line: a.id, column: 'unit' }, 1)).toEqual({ line: a.id, column: 'price' });
    expect(cellAfter(all, { line: a.id, column: 'tax' }, 1)).toEqual({ line: title.id, column: 'text' });
    expect(cellAfter(all, { line: title.id, column: 'text' }, -1)).toEqual({ line: a.id, column: 'tax' });
    expect(cellAfter(all, { line: c.id, column: 'tax' }, 1)).toBeUndefined();
  });
});

describe('the document', () => {
  it('leaves blank lines out and knows which is which', () => {
    const first = item('a');
    const draft = { ...draftOf({ lines: [] }), lines: [first, newLine(), item('b'), newLine('title')] };
    const { json, sent } = documentOf(draft);
    expect(json.lines.map((l) => l.text)).toEqual(['a', 'b', undefined]);
    expect(sent).toEqual([draft.lines[0]?.id, draft.lines[2]?.id, draft.lines[3]?.id]);
  });

  it('comes back as it was sent', () => {
    const json = {
      subject: 'Refit',
      currency: 'EUR',
      prices: 'gross' as const,
      rounding: 'line' as const,
      discount: { amount: '10.00' },
      lines: [
        { kind: 'title' as const, text: 'Ground floor' },
        {
          kind: 'item' as const,
          text: 'Oak counter\nOiled\nand sanded',
          quantity: '2',
          unit: 'pcs',
          price: '1890.00',
          discount: { percent: '5' },
          optional: true,
          tax: { rate: '0', category: 'AE', reason: 'Reverse charge' },
        },
        { kind: 'subtotal' as const },
      ],
      texts: { intro: 'Hello' },
    };
    const back = documentOf(draftOf(json)).json;
    expect(JSON.parse(JSON.stringify(back))).toEqual(json);
  });

  it('puts a fault where its field is edited', () => {
    const sent = ['x', 'y', 'z'];
    expect(placeOf('lines[2].discount.percent', sent)).toEqual({ cell: { line: 'z', column: 'discount' } });
    expect(placeOf('lines[0].tax.parts[1].rate', sent)).toEqual({ cell: { line: 'x', column: 'tax' } });
    expect(placeOf('lines[1].quantity', sent)).toEqual({ cell: { line: 'y', column: 'quantity' } });
    expect(placeOf('lines[7].price', sent)).toEqual({ field: 'lines' });
    expect(placeOf('discount.percent', sent)).toEqual({ field: 'discount' });
    expect(placeOf('discountAmount', sent)).toEqual({ field: 'discount' });
    expect(placeOf('texts.intro', sent)).toEqual({ field: 'intro' });
    expect(placeOf('validUntil', sent)).toEqual({ field: 'validUntil' });
  });
});
