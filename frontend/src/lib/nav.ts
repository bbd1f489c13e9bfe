import { useRouter, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Search parameters are plain text in the address: a filter can be read, shared and edited there. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text.replace(/^\?/, '')));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

export const recordPath = (kind: string, id: string) => `/${kind}/${id}`;
export const listPath = (kind: string, search: Record<string, string> = {}) => `/${kind}${stringifySearch(search)}`;
/** The path of the page that is open. */
export const pathNow = () => window.location.hash.slice(1).split('?')[0] || '/';
export const href = (path: string) => `#${path}`;

export function useGo(): (to: string) => void {
  const router = useRouter();
  return useCallback((to: string) => router.history.push(to), [router]);
}

export type SearchPatch = Record<string, string | undefined>;

/** The search parameters of the page, and a way to change some of them. */
export function usePageSearch(): [Record<string, string>, (patch: SearchPatch, push?: boolean) => void] {
  const router = useRouter();
  const search = useRouterState({ select: (s) => s.location.search as Record<string, string> });
  const change = useCallback(
    (patch: SearchPatch, push = false) => {
      const { pathname, search: old } = router.state.location;
      const to = pathname + stringifySearch({ ...(old as Record<string, string>), ...patch });
      if (push) router.history.push(to);
      else router.history.replace(to);
    },
    [router],
  );
  return [search, change];
}

/** Where each list was left, so that a record leads back to the same filter and row. */
const left = new Map<string, { search: string; row: number }>();

const withoutPanel = ({ open: _, ...search }: Record<string, string>) => stringifySearch(search);

export function rememberList(kind: string, search: Record<string, string>, row: number): void {
  left.set(kind, { search: withoutPanel(search), row });
}

/** Where this very list was left, if it was. */
export function lastList(kind: string, search: Record<string, string>): { row: number } | undefined {
  const place = left.get(kind);
  return place?.search === withoutPanel(search) ? place : undefined;
}

export const backToList = (kind: string) => `/${kind}${left.get(kind)?.search ?? ''}`;
