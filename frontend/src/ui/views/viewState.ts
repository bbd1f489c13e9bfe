import { parseSearch, type SearchPatch, stringifySearch } from '@/lib/nav';

/** The search parameters of a list that a view keeps, in one order. */
const kept = ['q', 'status', 'where', 'sort', 'columns', 'widths', 'group', 'groupSort'] as const;

export type ViewState = { [key in (typeof kept)[number]]?: string };

/** What of an address belongs to a view, all others left out; for a change of the address, too. */
export const pickState = (search: Record<string, string | undefined>): ViewState =>
  Object.fromEntries(kept.map((key) => [key, search[key] || undefined]));

export const writeState = (search: Record<string, string | undefined>): string =>
  stringifySearch(pickState(search)).slice(1);
export const readState = (text: string): ViewState => pickState(parseSearch(text));

/**
 * A change of the address of a list. An address that names nothing but a view shows it as it is saved, so a change that
 * takes out all that a view keeps says that it did.
 */
export function listChange(old: Record<string, string>, patch: SearchPatch): SearchPatch {
  const next = { ...old, ...patch };
  if (!next.view || writeState(next) !== '') return { ...patch, cleared: undefined };
  return writeState(old) === '' ? patch : { ...patch, cleared: '1' };
}

/** Widths as the address has them: name:200,city:90. */
export function readWidths(text: string): Record<string, number> {
  const widths: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [key, width] = part.split(':');
    if (key && Number(width) > 0) widths[key] = Number(width);
  }
  return widths;
}

export const writeWidths = (widths: Record<string, number>): string =>
  Object.entries(widths)
    .map(([key, width]) => `${key}:${Math.round(width)}`)
    .sort()
    .join(',');
