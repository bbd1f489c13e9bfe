import { queryOptions } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { components } from '@/api/schema';
import { stringifySearch } from '@/lib/nav';
import { readState } from './viewState';

export type View = components['schemas']['ViewsView'];
export type SavedView = components['schemas']['SavedView'];

/** They are refreshed as the rows of any kind are, also when an undo brings one back. */
export const viewsKey = ['rows', 'view'] as const;

/** All views that one may see, of all lists: there are few, and the palette finds each. */
export const viewsQuery = queryOptions({
  queryKey: viewsKey,
  queryFn: async ({ signal }) => (await call<{ views: View[] }>('/views', { signal })).views,
  staleTime: 60_000,
});

/** Says in words why a view that an address names is not there. */
export const viewQuery = (id: string) =>
  queryOptions({
    queryKey: ['record', 'view', id],
    queryFn: ({ signal }) => call<SavedView>(`/views/${id}`, { signal }),
    retry: false,
  });

export const createView = (view: { kind: string; name: string; state: string; shared: boolean }) =>
  call<SavedView>('/views', { method: 'POST', json: view });

export type ViewChange = { version?: number; name?: string; shared?: boolean; state?: string; move?: number };
export const changeView = (id: string, change: ViewChange) =>
  call<SavedView>(`/views/${id}`, { method: 'PATCH', json: change });

export const deleteView = (id: string) => call<SavedView>(`/views/${id}`, { method: 'DELETE' });

/** The address of a list as the view shows it. */
export const viewPath = (view: View) => `/${view.kind}${stringifySearch({ view: view.id, ...readState(view.state) })}`;
