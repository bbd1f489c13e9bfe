import { type Condition, type Filter, type Group, isGroup, type Literal, type Op } from './filter';

/**
 * Reads the filter language of app/record/filter.go. The server judges what a person types; this only takes apart what
 * it accepts, in the same words, so that chips can show it.
 */
const blank = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';
const token = new RegExp(
  `${blank}(?:"((?:[^"\\\\]|\\\\[^])*)"|([+-]?[0-9][0-9.-]*)|(today[+-][0-9]{1,5}[dwmy]|[\\p{L}_][\\p{L}\\p{Nd}_.]*)|([!<>]=|[=<>~^(),]))`,
  'iuy',
);
const rest = new RegExp(`${blank}$`, 'uy');

type Token = { kind: 'string' | 'number' | 'word' | 'mark'; text: string };

function tokens(text: string): Token[] | undefined {
  const found: Token[] = [];
  for (let at = 0; ; at = token.lastIndex) {
    rest.lastIndex = at;
    if (rest.test(text)) return found;
    token.lastIndex = at;
    const hit = token.exec(text);
    if (!hit) return undefined;
    const [, quoted, number, word, mark] = hit;
    if (quoted !== undefined) found.push({ kind: 'string', text: quoted.replace(/\\(["\\])/g, '$1') });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (word !== undefined) found.push({ kind: 'word', text: word });
    else found.push({ kind: 'mark', text: mark ?? '' });
  }
}

const reserved = ['and', 'or', 'not', 'in', 'is', 'empty'];
const compared = ['=', '!=', '<', '<=', '>', '>=', '~', '^'];

/** What is not of the language; it never leaves this file. */
class Unreadable extends Error {}

class Reader {
  private at = 0;
  constructor(private readonly all: Token[]) {}

  private word(expected: string): boolean {
    const now = this.all[this.at];
    const hit = now?.kind === 'word' && now.text.toLowerCase() === expected;
    if (hit) this.at += 1;
    return hit;
  }

  private mark(expected: string): boolean {
    const now = this.all[this.at];
    const hit = now?.kind === 'mark' && now.text === expected;
    if (hit) this.at += 1;
    return hit;
  }

  whole(): Filter {
    const filter = this.chain('or', () => this.chain('and', () => this.factor()));
    if (this.at < this.all.length) throw new Unreadable();
    return filter;
  }

  private chain(join: Group['join'], part: () => Filter): Filter {
    const first = part();
    const parts = [first];
    while (this.word(join)) parts.push(part());
    return parts.length === 1 ? first : { join, parts };
  }

  private factor(): Filter {
    if (this.word('not')) return turned(this.factor());
    if (!this.mark('(')) return this.condition();
    const inner = this.chain('or', () => this.chain('and', () => this.factor()));
    if (!this.mark(')')) throw new Unreadable();
    return inner;
  }

  private condition(): Condition {
    const now = this.all[this.at];
    if (now?.kind !== 'word' || reserved.includes(now.text.toLowerCase())) throw new Unreadable();
    this.at += 1;
    const field = now.text;
    if (this.word('is')) {
      const op = this.word('not') ? 'filled' : 'empty';
      if (!this.word('empty')) throw new Unreadable();
      return { field, op, values: [] };
    }
    if (this.word('in')) {
      if (!this.mark('(')) throw new Unreadable();
      const values = [this.value()];
      while (this.mark(',')) values.push(this.value());
      if (!this.mark(')')) throw new Unreadable();
      return { field, op: 'in', values };
    }
    const op = this.all[this.at];
    if (op?.kind !== 'mark' || !compared.includes(op.text)) throw new Unreadable();
    this.at += 1;
    return { field, op: op.text as Op, values: [this.value()] };
  }

  private value(): Literal {
    const now = this.all[this.at];
    this.at += 1;
    if (now?.kind === 'string') return { text: now.text };
    if (now?.kind === 'number' || (now?.kind === 'word' && /^(true|false|me|today([+-].*)?)$/i.test(now.text)))
      return { text: now.text.toLowerCase(), bare: true };
    throw new Unreadable();
  }
}

function turned(filter: Filter): Filter {
  const { not, ...plain } = filter;
  return not ? plain : { ...plain, not: true };
}

/** A filter as a tree, a group without parts for no filter, and undefined for what the language does not know. */
export function readFilter(text: string): Group | undefined {
  const all = tokens(text);
  if (!all) return undefined;
  if (all.length === 0) return { join: 'and', parts: [] };
  try {
    const filter = new Reader(all).whole();
    return isGroup(filter) ? filter : { join: 'and', parts: [filter] };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
