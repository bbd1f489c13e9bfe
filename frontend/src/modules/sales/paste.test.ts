import { describe, expect, it } from 'vitest';
import { isBlock, linesFromBlock, readBlock } from './paste';

const usual = { rate: '19', category: '', reason: '' };
const brief = (block: string, mark = ',') =>
  linesFromBlock(block, mark, usual).map((l) =>
    [l.text, l.quantity, l.unit, l.price, l.tax.rate, l.discount.value].join('|'),
  );

describe('readBlock', () => {
  it('reads cells, quoted line breaks and quotes that are inches', () => {
    expect(readBlock('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(readBlock('"Counter\nwith ""oak"" top"\t2')).toEqual([['Counter\nwith "oak" top', '2']]);
    expect(readBlock('"19 inch rack\t4\nScreen 27"\t2')).toEqual([
      ['"19 inch rack', '4'],
      ['Screen 27"', '2'],
    ]);
    expect(readBlock('\n\n\t\n')).toEqual([]);
  });
});

describe('linesFromBlock', () => {
  it('goes by titles', () => {
    const block =
      'Pos\tBezeichnung\tMenge\tEinheit\tEinzelpreis\tRabatt\tMwSt\tGesamt\n1\tTheke\t2\tStk\t1.890,00\t5 %\t19 %\t3.591,00';
    expect(brief(block)).toEqual(['Theke|2|Stk|1890.00|19|5']);
  });

  it('guesses without titles', () => {
    expect(brief('Counter, oak\t2\tpcs\t1,890.00\t20%\nLamp\t8\tpcs\t214.00\t10%', '.')).toEqual([
      'Counter, oak|2|pcs|1890.00|20|',
      'Lamp|8|pcs|214.00|10|',
    ]);
    expect(brief('1\tTheke\t2\t649,00\n2\tLampe\t8\t214,00')).toEqual(['Theke|2||649.00|19|', 'Lampe|8||214.00|19|']);
    expect(brief('Theke\t649,00\nLampe\t214,00')).toEqual(['Theke|1||649.00|19|', 'Lampe|1||214.00|19|']);
    expect(brief('Theke\t2\nLampe\t8')).toEqual(['Theke|2|||19|', 'Lampe|8|||19|']);
    expect(brief('Theke\t2\t100,00\t200,00\nLampe\t3\t10,00\t30,00')).toEqual([
      'Theke|2||100.00|19|',
      'Lampe|3||10.00|19|',
    ]);
  });

  it('takes a lone text in a priced list as a title and keeps the lines of a text', () => {
    const lines = linesFromBlock('Erdgeschoss\t\t\nTheke\t2\t649,00', ',', usual);
    expect(lines.map((l) => l.kind)).toEqual(['title', 'item']);
    const [line] = linesFromBlock('"Counter\nOiled"\t2\t5,00', ',', usual);
    expect([line?.text, line?.note]).toEqual(['Counter', 'Oiled']);
  });

  it('makes plain lines items', () => {
    expect(brief('Counter\nLamp')).toEqual(['Counter|1|||19|', 'Lamp|1|||19|']);
  });

  it('tells a block from words', () => {
    expect(['a\tb', 'a\nb', 'a', 'a\n', '\ta'].map(isBlock)).toEqual([true, true, false, false, false]);
  });
});
