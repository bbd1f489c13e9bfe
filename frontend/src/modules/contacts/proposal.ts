import type { Values } from '@/api/types';

export type Side = 'company' | 'person';
export type Finding = { kind: string; field: string; value: string; from: string; line: number };
/** What the program reads out of a pasted text. */
export type Proposal = { company: Values; person: Values; found: Finding[]; unread: string[] };

export const filled = (values: Values) => Object.keys(values).length > 0;

/** Under which name the text that is being read is kept. */
export const pasteDraft = 'draft:paste';
