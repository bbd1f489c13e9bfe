import type { Row } from '@/api/types';

export type Person = { name: string; address: string };

/** Marks that turn the direction of writing make a name look like another one. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export const plain = (text: string) => text.replace(turning, '').replace(/\s+/g, ' ').trim();

/** The addresses of a To or Cc line as Kontor writes it: names are not quoted there and may hold commas. */
export function people(line: unknown): Person[] {
  const list: Person[] = [];
  let before = '';
  for (const piece of String(line ?? '').split(', ')) {
    const text = before + piece;
    const pointed = /^(.*)<([^<>]*)>$/s.exec(text);
    if (pointed) list.push({ name: plain(pointed[1] ?? ''), address: plain(pointed[2] ?? '') });
    else if (/^\S+@\S+$/.test(text)) list.push({ name: '', address: plain(text) });
    else {
      before = `${text}, `;
      continue;
    }
    before = '';
  }
  const rest = plain(before.replace(/, $/, ''));
  return rest && rest !== '…' ? [...list, { name: rest, address: '' }] : list;
}

export const sender = (row: Row): Person => ({
  name: plain(String(row.fromName ?? '')),
  address: plain(String(row.from ?? '')),
});

/** What to call somebody in one line. A name that looks like an address would claim to be somebody else. */
export const short = ({ name, address }: Person) => (name && !name.includes('@') ? name : address || name);

/** The other side of a mail, as a line of the timeline names it: at most two, and how many more. */
export function others(row: Row): { names: string; more: number } {
  const list = row.direction === 'out' ? people(row.to) : [sender(row)];
  const names = list.map(short).filter(Boolean);
  return { names: names.slice(0, 2).join(', '), more: Math.max(0, names.length - 2) };
}

export const subjectOf = (row: Row) => plain(String(row.subject ?? ''));
