import { describe, expect, it } from 'vitest';
import { type Block, blocksOf, tick } from './blocks';
import { type Inline, inlineOf, wordsOf } from './inline';

/** Pieces in one line: b(bold) i(italic) c(code) a(link|words). */
const shown = (pieces: Inline[]): string =>
  pieces
    .map((p) => {
      if (typeof p === 'string') return p;
      if (p.kind === 'code') return `c(${p.text})`;
      if (p.kind === 'link') return `a(${p.href}|${p.text})`;
      return `${p.kind[0]}(${shown(p.inner)})`;
    })
    .join('');

const outline = (blocks: Block[]): string =>
  blocks
    .map((b) => {
      if (b.kind === 'text') return `p(${b.lines.map(shown).join('/')})`;
      if (b.kind === 'heading') return `h(${shown(b.inner)})`;
      if (b.kind === 'quote') return `q(${outline(b.blocks)})`;
      if (b.kind === 'code') return `pre(${b.text})`;
      const items = b.items.map((i) => {
        const box = i.checked === undefined ? '' : i.checked ? '☑' : '☐';
        return `${i.mark || '•'}${box}${shown(i.inner)}${i.blocks.length ? outline(i.blocks) : ''}`;
      });
      return `l(${items.join(';')})`;
    })
    .join('');

describe('a line', () => {
  it.each([
    ['plain words', 'plain words'],
    ['**so** and *so* and _so_', 'b(so) and i(so) and i(so)'],
    ['**both *at* once**', 'b(both i(at) once)'],
    ['***all***', 'b(i(all))'],
    ['`a*b*c`', 'c(a*b*c)'],
    ['[our site](https://a.example/x_(1))', 'a(https://a.example/x_(1)|our site)'],
    ['see https://a.example/b_c_d, please.', 'see a(https://a.example/b_c_d|https://a.example/b_c_d), please.'],
    ['(www.a.example)', '(a(https://www.a.example|www.a.example))'],
    ['[write](mailto:a@b.example)', 'a(mailto:a@b.example|write)'],
    // What was typed before there were marks stays as it was.
    ['*', '*'],
    ['a * b * c', 'a * b * c'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['5 * 20 ** 3', '5 * 20 ** 3'],
    ['*open', '*open'],
    ['**open *half* end', '**open i(half) end'],
    ['** **', '** **'],
    ['****', '****'],
    ['C:\\*temp*\\x', 'C:\\*temp*\\x'],
    ['[ ] not [x] here (y)', '[ ] not [x] here (y)'],
    ['whatever http hwhw', 'whatever http hwhw'],
  ])('%s', (text, want) => {
    expect(shown(inlineOf(text))).toBe(want);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert)',
    '[x](data:text/html,<script>)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](#/company)',
    '[x](/api/records)',
    '[x](//evil.example)',
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
  ])('%s is text', (text) => {
    expect(inlineOf(text).every((p) => typeof p === 'string')).toBe(true);
    expect(wordsOf(inlineOf(text))).toBe(text);
  });

  it('shows no pictures', () => {
    expect(shown(inlineOf('![x](https://a.example/p.png)'))).toBe('!a(https://a.example/p.png|x)');
  });
});

describe('a text', () => {
  it.each([
    ['one\ntwo\n\nthree', 'p(one/two//three)'],
    ['# Head\ntext', 'h(Head)p(text)'],
    ['#tag and # alone\n#', 'p(#tag and # alone/#)'],
    ['- a\n- b', 'l(•a;•b)'],
    ['* a\n• b', 'l(•a;•b)'],
    ['1) a\n3. b', 'l(1)a;3.b)'],
    ['- a\n  - b\n    - c\n- d', 'l(•al(•bl(•c));•d)'],
    ['- a\n  goes on\n- b', 'l(•a\ngoes on;•b)'],
    ['- [ ] a\n- [x] b', 'l(•☐a;•☑b)'],
    ['> a\n> > b\nc', 'q(p(a)q(p(b)))p(c)'],
    ['```\n*x*\n```\nafter', 'pre(*x*)p(after)'],
    ['```\nwithout an end', 'p(```/without an end)'],
    ['text\n\n- a\n\ntext', 'p(text)l(•a)p(text)'],
    ['*\n1)\n-', 'p(*/1)/-)'],
    ['-5 %\n1.5 m\n2026. A year\n- ', 'p(-5 %/1.5 m/2026. A year/- )'],
    ['', 'p()'],
    ['a\r\nb', 'p(a/b)'],
  ])('%j', (text, want) => {
    expect(outline(blocksOf(text))).toBe(want);
  });

  it('ticks one line', () => {
    const text = 'head\n- [ ] a\n  - [x] b\n> - [ ] c';
    expect(tick(text, 1, true)).toBe('head\n- [x] a\n  - [x] b\n> - [ ] c');
    expect(tick(text, 2, false)).toBe('head\n- [ ] a\n  - [ ] b\n> - [ ] c');
    expect(tick(text, 3, true)).toBe('head\n- [ ] a\n  - [x] b\n> - [x] c');
    expect(tick(text, 0, true)).toBe(text);
    const item = blocksOf(text).flatMap((b) => (b.kind === 'list' ? b.items : []))[0];
    expect(item?.line).toBe(1);
  });

  // Where time grew with the square of the length, this would not come to its end.
  it.each([
    '*a ',
    '**a **',
    '_a_ *',
    '[',
    '[a](',
    '[a](b',
    '`',
    '`a',
    'http://',
    'www.',
    '> ',
    '>',
    '```\n',
    '- ',
    ' - a\n',
    '- a\n  b\n',
    '# ',
    '((',
    '***',
    '*_',
    'h',
    'a*b',
    '1) ',
    'https://a.example/(',
    '\n',
    '- [ ] a\n',
  ])('100,000 characters of %j are read and bounded', (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const blocks = blocksOf(text);
    expect(blocks.length).toBeGreaterThan(0);
    expect(depthOf(blocks)).toBeLessThan(20);
  });
});

const depthOf = (blocks: Block[]): number =>
  1 +
  Math.max(
    0,
    ...blocks.slice(0, 1000).map((b) => {
      if (b.kind === 'quote') return depthOf(b.blocks);
      if (b.kind === 'list') return Math.max(0, ...b.items.slice(0, 1000).map((i) => depthOf(i.blocks)));
      return 0;
    }),
  );
