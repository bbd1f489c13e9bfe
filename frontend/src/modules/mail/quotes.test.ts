import { describe, expect, it } from 'vitest';
import { stretches, withLinks } from './quotes';

const kinds = (text: string) => stretches(text).map((s) => `${s.kind}: ${s.text}`);

describe('stretches', () => {
  it('folds quotes and keeps what was written between them', () => {
    expect(kinds('Yes.\n\nOn Monday Anna wrote:\n> one\n>\n> two\n\nMine.\n> three\n')).toEqual([
      'text: Yes.\n\nOn Monday Anna wrote:',
      'quote: > one\n>\n> two',
      'text: Mine.',
      'quote: > three',
    ]);
  });
  it('keeps quotes together over an empty line', () => {
    expect(kinds('> one\n\n> two')).toEqual(['quote: > one\n\n> two']);
  });
  it('knows a signature, and text quoted without marks', () => {
    expect(kinds('Fine.\n-- \nAnna\nLeeds\n\n-----Ursprüngliche Nachricht-----\nVon: X\n\nAlt')).toEqual([
      'text: Fine.',
      'signature: -- \nAnna\nLeeds',
      'quote: -----Ursprüngliche Nachricht-----\nVon: X\n\nAlt',
    ]);
  });
  it('says nothing of an empty mail', () => expect(stretches('\n \n')).toEqual([]));
});

describe('withLinks', () => {
  it.each([
    ['see https://a.example/x?y=1.', ['see ', '[https://a.example/x?y=1]', '.']],
    ['(https://a.example/b)', ['(', '[https://a.example/b]', ')']],
    ['https://a.example/b_(c)', ['[https://a.example/b_(c)]']],
    ['javascript:alert(1)', ['javascript:alert(1)']],
    ['', []],
  ])('%s', (text, want) => {
    expect(withLinks(text).map((p) => (p.link ? `[${p.link}]` : p.text))).toEqual(want);
  });
});
