import { readNumber } from './number';

/** An exact fraction; the divisor is above zero. */
type Fraction = { n: bigint; d: bigint };

const signed = (n: bigint, d: bigint): Fraction => (d < 0n ? { n: -n, d: -d } : { n, d });
const hundredth = (f: Fraction): Fraction => ({ n: f.n, d: f.d * 100n });
const add = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const minus = (f: Fraction): Fraction => ({ n: -f.n, d: f.d });
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
const over = (a: Fraction, b: Fraction): Fraction | undefined =>
  b.n === 0n ? undefined : signed(a.n * b.d, a.d * b.n);

function fraction(decimal: string): Fraction {
  const [body = '', part = ''] = decimal.replace('-', '').split('.');
  const n = BigInt(body + part);
  return { n: decimal.startsWith('-') ? -n : n, d: 10n ** BigInt(part.length) };
}

/** As decimal text with at most so many digits, half away from zero, without idle zeros. */
function decimalText({ n, d }: Fraction, digits: number): string {
  const scaled = (n < 0n ? -n : n) * 10n ** BigInt(digits);
  const rounded = (scaled * 2n + d) / (d * 2n);
  const text = rounded.toString().padStart(digits + 1, '0');
  const body = text.slice(0, text.length - digits);
  const part = digits > 0 ? text.slice(-digits).replace(/0+$/, '') : '';
  const sign = n < 0n && rounded > 0n ? '-' : '';
  return `${sign}${body}${part && `.${part}`}`;
}

type Options = {
  /** The decimal mark of the locale, where a number alone cannot tell. */
  mark: string;
  /** How many digits a result may have. */
  digits: number;
  /** What stood in the field before: "-5%" changes it. */
  before?: string;
};

const longest = 200;

/**
 * Reads what people type into a number field: a number with either decimal mark, or a little sum such as "3*4,5",
 * "(12+8)/3", "100-5%" or, on what stood there before, "-5%". What is none of these is undefined.
 */
export function calculate(input: string, { mark, digits, before }: Options): string | undefined {
  const text = input.trim().replace(/^=/, '');
  const plain = readNumber(text, mark);
  if (plain !== undefined) return plain;
  if (text.length > longest || !/\d/.test(text)) return undefined;
  const tokens = tokensOf(text, mark);
  if (!tokens) return undefined;
  const change = /^[+\-−–]\s*[\d.,\s]+%$/.test(text);
  if (change) {
    const base = before && readNumber(before, '.');
    if (!base) return undefined;
    tokens.unshift(fraction(base));
  }
  const parser = new Sum(tokens);
  const result = parser.sum();
  return result && parser.done() ? decimalText(result, digits) : undefined;
}

/** Whether a text is more than a number: then the field shows what it comes to. */
export const isSum = (text: string) => /\d\s*[+*/×÷:%()−–-]|^\s*[=(]/.test(text) || /^\s*[+\-−–][\s\d.,]+%/.test(text);

type Token = Fraction | '+' | '-' | '*' | '/' | '(' | ')' | '%';

const signs: Record<string, Token> = {
  '+': '+',
  '-': '-',
  '−': '-',
  '–': '-',
  '*': '*',
  '×': '*',
  '/': '/',
  '÷': '/',
  ':': '/',
  '(': '(',
  ')': ')',
  '%': '%',
};

function tokensOf(text: string, mark: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (const [piece] of text.matchAll(/\d[\d.,\s\u00a0\u202f'’]*|[.,]\d+|\S/g)) {
    const sign = signs[piece];
    if (sign) tokens.push(sign);
    else {
      const number = /\d/.test(piece) ? readNumber(piece, mark) : undefined;
      if (number === undefined) return undefined;
      tokens.push(fraction(number));
    }
  }
  return tokens;
}

/** Sums of products of numbers and brackets; a percent after plus or minus is one of what stands before it. */
class Sum {
  private at = 0;
  constructor(private readonly tokens: Token[]) {}

  done = () => this.at === this.tokens.length;

  private take(...wanted: Token[]): Token | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.at += 1;
    return token;
  }

  sum(): Fraction | undefined {
    let total = this.product();
    for (;;) {
      const sign = this.take('+', '-');
      if (!sign || !total) return total?.value;
      const next = this.product();
      if (!next) return undefined;
      const value: Fraction = next.percent ? times(total.value, next.value) : next.value;
      total = { value: add(total.value, sign === '-' ? minus(value) : value), percent: false };
    }
  }

  private product(): { value: Fraction; percent: boolean } | undefined {
    let left = this.factor();
    for (;;) {
      const sign = this.take('*', '/');
      if (!sign || !left) return left;
      const right = this.factor();
      if (!right) return undefined;
      const value: Fraction | undefined = sign === '*' ? times(left.value, right.value) : over(left.value, right.value);
      if (!value) return undefined;
      left = { value, percent: false };
    }
  }

  private factor(): { value: Fraction; percent: boolean } | undefined {
    if (this.take('-')) {
      const inner = this.factor();
      return inner && { ...inner, value: minus(inner.value) };
    }
    if (this.take('+')) return this.factor();
    let value: Fraction | undefined;
    if (this.take('(')) {
      value = this.sum();
      if (!this.take(')')) return undefined;
    } else {
      const token = this.tokens[this.at];
      if (typeof token !== 'object') return undefined;
      this.at += 1;
      value = token;
    }
    if (!value) return undefined;
    return this.take('%') ? { value: hundredth(value), percent: true } : { value, percent: false };
  }
}
