/** A change of a text: what stands between from and to becomes insert, then start to end is selected. */
export type Edit = { from: number; to: number; insert: string; start: number; end: number };

type Selected = { text: string; start: number; end: number };

/** Puts marks round the selected words, or takes them away where they stand already. */
export function wrap({ text, start, end }: Selected, mark: string): Edit {
  const size = mark.length;
  if (hasMark(text, start, end, mark)) {
    const from = start - size;
    return { from, to: end + size, insert: text.slice(start, end), start: from, end: end - size };
  }
  // At the end of marked words, the same key leaves them.
  if (start === end && before(text, start, mark) && text.startsWith(mark, end)) {
    return { from: end, to: end, insert: '', start: end + size, end: end + size };
  }
  // Blanks at the edges stay outside: a mark must hug its words.
  const words = text.slice(start, end);
  const from = words.trim() ? start + (words.length - words.trimStart().length) : start;
  const to = words.trim() ? start + words.trimEnd().length : end;
  return { from, to, insert: mark + text.slice(from, to) + mark, start: from + size, end: to + size };
}

/** Whether an odd number of these marks stands before a place in its line: the last of them is open. */
function before(text: string, at: number, mark: string): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const marks = mark === '*' ? line.replaceAll('**', '') : line;
  return marks.split(mark).length % 2 === 0 && (mark !== '*' || text[at + 1] !== '*');
}

function hasMark(text: string, start: number, end: number, mark: string): boolean {
  const size = mark.length;
  if (start < size || text.slice(start - size, start) !== mark || text.slice(end, end + size) !== mark) return false;
  // One star beside the selection may be half of two.
  return mark !== '*' || text[start - 2] !== '*' || text.slice(start - 3, start) === '***';
}

/** Makes a link of the selected words and selects the place of its address; of a selected address, that of its words. */
export function link({ text, start, end }: Selected): Edit {
  const words = text.slice(start, end);
  if (/^(https?:\/\/|www\.)\S+$/i.test(words)) {
    return { from: start, to: end, insert: `[](${words})`, start: start + 1, end: start + 1 };
  }
  const at = start + words.length + 3;
  return { from: start, to: end, insert: `[${words}](https://)`, start: at, end: at + 8 };
}

export type Lines = 'bullets' | 'numbers' | 'checks' | 'quote' | 'heading';

const marks: Record<Lines, (n: number) => string> = {
  bullets: () => '- ',
  numbers: (n) => `${n}. `,
  checks: () => '- [ ] ',
  quote: () => '> ',
  heading: () => '## ',
};
const has: Record<Lines, RegExp> = {
  bullets: /^[-*•] +(?!\[[ xX]\] )/,
  numbers: /^\d{1,3}[.)] +/,
  checks: /^[-*•] +\[[ xX]\] +/,
  quote: /^> ?/,
  heading: /^#{1,3} +/,
};
const anyList = /^(?:[-*•] +(?:\[[ xX]\] +)?|\d{1,3}[.)] +)/;

/** Gives the selected lines a mark, or takes it away where all have it. One kind of list becomes the other. */
export function prefix({ text, start, end }: Selected, kind: Lines): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const stop = text.indexOf('\n', Math.max(end - (end > start && text[end - 1] === '\n' ? 1 : 0), from));
  const to = stop < 0 ? text.length : stop;
  const lines = text.slice(from, to).split('\n');
  const full = lines.filter((l) => l.trim());
  const off = full.length > 0 && full.every((l) => has[kind].test(l.trimStart()));
  let n = 0;
  const changed = lines.map((line) => {
    if (!line.trim() && lines.length > 1) return line;
    const indent = line.length - line.trimStart().length;
    const words = line.slice(indent);
    if (off) return line.slice(0, indent) + words.replace(has[kind], '');
    const bare = kind === 'heading' || kind === 'quote' ? words.replace(has[kind], '') : words.replace(anyList, '');
    n++;
    return line.slice(0, indent) + marks[kind](n) + bare;
  });
  const insert = changed.join('\n');
  if (lines.length > 1) return { from, to, insert, start: from, end: from + insert.length };
  const moved = Math.max(start + insert.length - (to - from), from);
  return { from, to, insert, start: moved, end: Math.max(end + insert.length - (to - from), from) };
}

const row = /^(\s*)((?:> ?)*)([-*•] +(?:\[[ xX]\] +)?|(\d{1,3})([.)]) +|)/;

/** Enter in a list begins its next row; in an empty row it ends the list. Nothing where there is no list. */
export function enter({ text, start, end }: Selected): Edit | null {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(from, start);
  const found = row.exec(line);
  if (!found || start !== end || (!found[2] && !found[3])) return null;
  const stop = text.indexOf('\n', start);
  const rest = text.slice(start, stop < 0 ? text.length : stop);
  if (line.length === found[0].length && !rest.trim()) {
    return { from, to: start, insert: '', start: from, end: from };
  }
  if (line.length < found[0].length) return null;
  const next = found[4] ? `${Number(found[4]) + 1}${found[5]} ` : (found[3] ?? '').replace(/\[[xX]\]/, '[ ]');
  const insert = `\n${found[1]}${found[2]}${next}`;
  return { from: start, to: start, insert, start: start + insert.length, end: start + insert.length };
}

/** As deep as lists are shown, see blocks.ts. */
const deepest = 6;

/**
 * Tab in a row of a list that has no words yet moves it in or out. Everywhere else, and where it is as deep as it can
 * be, Tab leads to the next field: nobody is caught.
 */
export function indent({ text, start, end }: Selected, out: boolean): Edit | null {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(from, start);
  const found = /^( *)(?:[-*•] +(?:\[[ xX]\] +)?|\d{1,3}[.)] +)$/.exec(line);
  if (!found || start !== end || /^[^\n]*\S/.test(text.slice(start))) return null;
  const depth = found[1]?.length ?? 0;
  if (out ? depth === 0 : depth >= deepest) return null;
  const next = Math.max(depth + (out ? -2 : 2), 0);
  const at = start + next - depth;
  return { from, to: from + depth, insert: ' '.repeat(next), start: at, end: at };
}

/** A pasted address becomes the link of the words that are selected. */
export function pasteLink({ text, start, end }: Selected, pasted: string): Edit | null {
  const address = pasted.trim();
  const words = text.slice(start, end);
  if (!words.trim() || /[\n[\]]/.test(words) || !/^https?:\/\/[^\s()]+$/i.test(address)) return null;
  const insert = `[${words}](${address})`;
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}
