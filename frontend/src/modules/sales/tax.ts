import { calculate } from '@/lib/calculate';
import { decimalMark, number } from '@/lib/format';
import { readNumber } from '@/lib/number';
import { percentDigits } from './discount';
import { type Line, noTax, type Tax } from './document';

/** Categories of EN 16931 with the rate 0, which need a reason on the paper. */
export const exempt = ['AE', 'K', 'G', 'E', 'O'] as const;

export const needsReason = (tax: Tax) => (exempt as readonly string[]).includes(tax.category);

export const ratePart = (tax: Tax) => (readNumber(tax.rate, '.') === tax.rate ? number(tax.rate) : tax.rate);

export const taxText = (tax: Tax) => (tax.rate ? `${ratePart(tax)} %` : '');

/** A typed rate. Named parts belong to the old one. */
export function readTax(text: string): Tax {
  const body = text.replace(/%/g, '').trim();
  const rate = body ? (calculate(body, { mark: decimalMark(), digits: percentDigits }) ?? body) : '';
  return { ...noTax, rate };
}

/** The rates this document has, in the order in which they first appear, and the usual one. */
export function ratesOf(lines: Line[], usual: Tax): string[] {
  const all = [...lines.filter((l) => l.kind === 'item').map((l) => l.tax), usual];
  return [...new Set(all.filter((tax) => tax.rate && !needsReason(tax)).map((tax) => tax.rate))];
}

type Words = { page: { tax: { reasons: Record<string, string> } } };

/** The sentence that a category usually has on the paper, in the language of the document. */
export async function usualReason(category: string, language: string): Promise<string> {
  const words = language.startsWith('de') ? await import('@lang/de/sales.json') : await import('@lang/en/sales.json');
  return (words.default as unknown as Words).page.tax.reasons[category] ?? '';
}
