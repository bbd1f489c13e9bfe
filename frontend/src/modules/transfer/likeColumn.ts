import type { OwnType } from '@/ui/own/requests';

const numbers = /^[-+]?\d[\d.,'\s]*$/;
const days = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/;

/** The field that a column of a spreadsheet looks like; a code with leading zeros is no number. */
export function likeColumn(column: string, samples: string[]): { label: string; type: OwnType; digits?: string } {
  const filled = samples.map((s) => s.trim()).filter(Boolean);
  const all = (fits: (text: string) => boolean) => filled.length > 0 && filled.every(fits);
  if (all((s) => days.test(s))) return { label: column, type: 'date' };
  if (all((s) => s.includes('@') && !s.includes(' '))) return { label: column, type: 'email' };
  if (all((s) => /^(https?:\/\/|www\.)/i.test(s))) return { label: column, type: 'url' };
  if (all((s) => numbers.test(s) && !/^0\d/.test(s))) {
    const digits = Math.max(...filled.map((s) => /[.,](\d{1,6})$/.exec(s)?.[1]?.length ?? 0));
    return { label: column, type: 'number', digits: String(digits === 3 ? 0 : digits) };
  }
  return { label: column, type: filled.some((s) => s.includes('\n')) ? 'longtext' : 'text' };
}
