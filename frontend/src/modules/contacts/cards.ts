import type { PickedFile } from '@/api/given';
import { store } from '@/lib/store';

/** The file of business cards that is being looked at. */
export const cardFile = store<PickedFile | null>(null);

export const cardTypes = ['vcf', 'vcard'];

/** Whether a text that somebody pastes is a business card. */
export const isCard = (text: string) => /^\s*BEGIN:VCARD\r?$/im.test(text.slice(0, 2_000));

const address = /[^\s@<>()]+@[^\s@<>()]+\.[a-z]{2,}/i;
const telephone = /(?:\+|\b0)[\d\s()/.–-]{6,}\d/;
const town = /(?:^|\s)(?:[A-Z]{1,2}-)?\d{4,5}\s+\p{Lu}\p{L}+/u;

/**
 * Whether a text that somebody pastes is a signature or an address: a few short lines with a way to reach somebody.
 * A sentence, a list of mails or a table is none.
 */
export function isSignature(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim());
  if (lines.length < 2 || lines.length > 30 || text.length > 2_500 || text.includes('\t')) return false;
  if (lines.some((line) => line.length > 140)) return false;
  const mails = lines.filter((line) => address.test(line)).length;
  return mails <= 3 && (mails > 0 || telephone.test(text) || town.test(text));
}
