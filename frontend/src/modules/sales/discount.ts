import { calculate } from '@/lib/calculate';
import type { Discount } from './document';

/** How many digits a percentage may have. */
export const percentDigits = 4;

type Around = { mark: string; currency: string; symbol: string; digits: number };

/**
 * Reads a discount: "5%" and "-5 %" are percentages, "12 €" and "12 EUR" amounts; a bare number means what the field
 * meant before. A minus changes nothing, a discount always takes away.
 */
export function readDiscount(text: string, by: Discount['by'], around: Around): Discount | undefined {
  const typed = text.trim().replace(/^[-−–]\s*/, '');
  if (!typed) return { by, value: '' };
  const percent = /^(.*)%$/s.exec(typed);
  const amount = [around.currency, around.symbol].filter(Boolean).find((sign) => typed.includes(sign));
  const kind = percent ? 'percent' : amount ? 'amount' : by;
  const body = (percent?.[1] ?? (amount ? typed.replace(amount, '') : typed)).trim();
  const digits = kind === 'percent' ? percentDigits : around.digits;
  const value = calculate(body, { mark: around.mark, digits });
  return value === undefined ? undefined : { by: kind, value };
}
