import { describe, expect, it } from 'vitest';
import { type Edit, enter, indent, link, pasteLink, prefix, wrap } from './edit';

/** A text with the selection between bars: |so| ; one bar is a caret. */
function selected(marked: string) {
  const start = marked.indexOf('|');
  const end = marked.lastIndexOf('|');
  return { text: marked.replaceAll('|', ''), start, end: end > start ? end - 1 : start };
}

function applied(marked: string, edit: Edit | null): string {
  if (!edit) return 'nothing';
  const { text } = selected(marked);
  const next = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  const bar = edit.end > edit.start ? '|' : '';
  return `${next.slice(0, edit.start)}|${next.slice(edit.start, edit.end)}${bar}${next.slice(edit.end)}`;
}

describe('marks', () => {
  it.each([
    ['a |so| b', '**', 'a **|so|** b'],
    ['a **|so|** b', '**', 'a |so| b'],
    ['a | so | b', '*', 'a  *|so|*  b'],
    ['a **|so|** b', '*', 'a ***|so|*** b'],
    ['a ***|so|*** b', '*', 'a **|so|** b'],
    ['a | b', '**', 'a **|** b'],
    ['**|**', '**', '|'],
    ['a **so|**', '**', 'a **so**|'],
    ['a *so|*', '*', 'a *so*|'],
    ['a **so** |', '*', 'a **so** *|*'],
  ])('%s with %s', (text, mark, want) => {
    expect(applied(text, wrap(selected(text), mark))).toBe(want);
  });

  it.each([
    ['see |this|', 'see [this](|https://|)'],
    ['|', '[](|https://|)'],
    ['|https://a.example|', '[|](https://a.example)'],
  ])('a link of %s', (text, want) => {
    expect(applied(text, link(selected(text)))).toBe(want);
  });

  it.each([
    ['see |this|', 'https://a.example', 'see [this](https://a.example)|'],
    ['see |', 'https://a.example', 'nothing'],
    ['see |this|', 'that', 'nothing'],
  ])('%s with %s pasted', (text, pasted, want) => {
    expect(applied(text, pasteLink(selected(text), pasted))).toBe(want);
  });
});

describe('lines', () => {
  it.each([
    ['one|', 'bullets', '- one|'],
    ['- one|', 'bullets', 'one|'],
    ['- |one', 'numbers', '1. |one'],
    ['|', 'checks', '- [ ] |'],
    ['- [ ] |', 'checks', '|'],
    ['x\na|b\ny', 'quote', 'x\n> a|b\ny'],
    ['|a\n\nb|', 'numbers', '|1. a\n\n2. b|'],
    ['|1. a\n2. b|', 'bullets', '|- a\n- b|'],
    ['|- a\n- b|', 'checks', '|- [ ] a\n- [ ] b|'],
    ['|- [x] a\n- [ ] b|', 'checks', '|a\nb|'],
    ['# a|', 'heading', 'a|'],
    ['|a\n|b', 'bullets', '- |a\n|b'],
  ] as const)('%j as %s', (text, kind, want) => {
    expect(applied(text, prefix(selected(text), kind))).toBe(want);
  });

  it.each([
    ['- a|', '- a\n- |'],
    ['  * a|b', '  * a\n  * |b'],
    ['9) a|', '9) a\n10) |'],
    ['- [x] a|', '- [x] a\n- [ ] |'],
    ['> a|', '> a\n> |'],
    ['- a\n- |', '- a\n|'],
    ['a|', 'nothing'],
    ['|- a', 'nothing'],
    ['-|', 'nothing'],
    ['- |a|', 'nothing'],
  ])('Enter in %j', (text, want) => {
    expect(applied(text, enter(selected(text)))).toBe(want);
  });

  it.each([
    ['- |', false, '  - |'],
    ['- a\n- [ ] |\nb', false, '- a\n  - [ ] |\nb'],
    ['  1. |', true, '1. |'],
    ['- |', true, 'nothing'],
    ['- a|', false, 'nothing'],
    ['- |a', false, 'nothing'],
    ['      - |', false, 'nothing'],
    ['|', false, 'nothing'],
  ])('Tab in %j', (text, out, want) => {
    expect(applied(text, indent(selected(text), out))).toBe(want);
  });
});
