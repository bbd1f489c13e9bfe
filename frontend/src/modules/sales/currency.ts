import { locale } from '@/lib/format';

const parts = new Map<string, { sign: string; digits: number }>();

function read(currency: string): { sign: string; digits: number } {
  const key = `${locale()} ${currency}`;
  const known = parts.get(key);
  if (known) return known;
  let found = { sign: currency, digits: 2 };
  try {
    const format = new Intl.NumberFormat(locale(), { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    const sign = format.formatToParts(0).find((p) => p.type === 'currency')?.value ?? currency;
    found = { sign, digits: format.resolvedOptions().maximumFractionDigits ?? 2 };
  } catch {
    // A code that nobody knows: the engine says so.
  }
  parts.set(key, found);
  return found;
}

export const currencySign = (currency: string) => read(currency).sign;
/** Digits behind the point as the currency is written: JPY 0, EUR 2, KWD 3. */
export const digitsOf = (currency: string) => read(currency).digits;
