import { safeLink } from '@/api/platform';

/** A piece of a line. Nothing here is markup of the page: whatever is not understood stays the text it is. */
export type Inline =
  | string
  | { kind: 'bold'; inner: Inline[] }
  | { kind: 'italic'; inner: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; text: string };

/** So many marks may stand open within each other; an older one is text then. It also bounds the time. */
const mostOpen = 3;

type Open = { mark: string; at: number };

// Each begins at a place and ends before the next of its kind could begin: no text is read twice.
const code = /`([^`]+)`/y;
const named = /\[([^[\]]{1,500})\]\(([^\s()]{1,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,200})?)\)/y;
const bare = /(?:https?:\/\/|www\.)[^\s<>"“”]{2,2000}/iy;
const plain = /[^*_`[hwHW]+/y;

/** Pieces of one line: bold, italic, code and links. Time grows with the length alone. */
export function inlineOf(line: string): Inline[] {
  const out: Inline[] = [];
  const open: Open[] = [];
  const say = (text: string) => {
    const last = out.length - 1;
    // A mark that is still open keeps its own place, so that it can be replaced.
    if (typeof out[last] === 'string' && open[open.length - 1]?.at !== last) out[last] += text;
    else out.push(text);
  };
  for (let at = 0; at < line.length; ) {
    const found =
      match(plain, line, at) ??
      match(code, line, at) ??
      match(named, line, at) ??
      (isWord(line[at - 1]) ? undefined : match(bare, line, at));
    const sign = line[at] ?? '';
    if (found && sign === '`') {
      out.push({ kind: 'code', text: found[1] ?? '' });
      at += found[0].length;
    } else if (found && sign === '[') {
      // Only what platform() opens becomes a link: no javascript:, no data:, no path of this program.
      const href = safeLink(found[2] ?? '');
      if (href) out.push({ kind: 'link', href, text: found[1] ?? '' });
      else say(found[0]);
      at += found[0].length;
    } else if (found && /[hw]/i.test(sign)) {
      const address = withoutEnd(found[0]);
      const href = safeLink(address);
      if (href) out.push({ kind: 'link', href, text: address });
      else say(address);
      at += address.length;
    } else if (found) {
      say(found[0]);
      at += found[0].length;
    } else if (sign === '*' || sign === '_') {
      at += emphasis(line, at, out, open, say);
    } else {
      say(sign);
      at++;
    }
  }
  return out;
}

function match(rule: RegExp, line: string, at: number): RegExpExecArray | undefined {
  rule.lastIndex = at;
  return rule.exec(line) ?? undefined;
}

/** Opens or closes a mark where it hugs its words, as in *so*; 2 * 3, 2*3*4 and snake_case stay as they are. */
function emphasis(line: string, at: number, out: Inline[], open: Open[], say: (text: string) => void): number {
  // Of three marks at an end, the one that was opened last is closed first.
  const single = !line.startsWith('**', at) || (line.startsWith('***', at) && open[open.length - 1]?.mark === '*');
  const mark = single ? (line[at] ?? '') : '**';
  const before = line[at - 1];
  const after = line[at + mark.length];
  const opener = open.findLastIndex((o) => o.mark === mark);
  const start = open[opener];
  if (start && !isBlank(before) && !isWord(after) && start.at < out.length - 1) {
    const inner = out.splice(start.at + 1);
    out[start.at] = { kind: mark === '**' ? 'bold' : 'italic', inner };
    open.length = opener;
  } else if (!isBlank(after) && !isWord(before) && before !== '\\' && before !== '/') {
    out.push(mark);
    open.push({ mark, at: out.length - 1 });
    if (open.length > mostOpen) open.shift();
  } else {
    say(mark);
  }
  return mark.length;
}

const isBlank = (sign: string | undefined) => sign === undefined || /\s/.test(sign);
const isWord = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/** The full stop after an address ends the sentence; a bracket that was opened before it ends there, too. */
function withoutEnd(address: string): string {
  let end = address.length;
  while (end > 0 && /[.,;:!?'")\]}*_]/.test(address[end - 1] ?? '')) {
    if (address[end - 1] === ')' && address.lastIndexOf('(', end) > 0) break;
    end--;
  }
  return address.slice(0, end) || address;
}

/** The words of pieces without their marks. */
export const wordsOf = (pieces: Inline[]): string =>
  pieces.map((p) => (typeof p === 'string' ? p : 'inner' in p ? wordsOf(p.inner) : p.text)).join('');
