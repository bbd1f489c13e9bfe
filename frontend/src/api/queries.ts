import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { call, callBytes } from './client';
import { keys } from './keys';
import type {
  Batches,
  BinPage,
  BulkDone,
  Calendar,
  Changes,
  Count,
  Detail,
  Entries,
  Hit,
  Intake,
  Kind,
  Look,
  Page,
  ParsedFilter,
  ReminderEvent,
  Saved,
  Session,
  Settings,
  SettleHow,
  SnoozeHow,
  Today,
  Undone,
  Values,
} from './types';

export type ListQuery = { where: string; sort: string };

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal }) => call<Session>('/session', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const kindsQuery = queryOptions({
  queryKey: keys.kinds,
  queryFn: async ({ signal }) => (await call<{ kinds: Kind[] }>('/kinds', { signal })).kinds,
  staleTime: Number.POSITIVE_INFINITY,
});

export const settingsQuery = queryOptions({
  queryKey: keys.settings,
  queryFn: ({ signal }) => call<Settings>('/settings', { signal }),
});

export const recordQuery = (kind: string, id: string) =>
  queryOptions({
    queryKey: keys.record(kind, id),
    queryFn: ({ signal }) => call<Detail>(`/records/${kind}/${id}`, { signal }),
  });

/** A record as a list has it already: pages open with it at once, and take the fresh one when it comes. */
export function knownRecord(client: QueryClient, kind: string, id: string): Detail | undefined {
  for (const [, page] of client.getQueriesData<Page>({ queryKey: ['rows', kind] })) {
    const record = page?.rows.find((row) => row.id === id);
    if (page && record) return { record, links: page.links };
  }
  return undefined;
}

export const blockQuery = (kind: string, query: ListQuery, offset: number, limit: number) =>
  queryOptions({
    queryKey: keys.rows(kind, { ...query, offset, limit }),
    queryFn: ({ signal }) =>
      call<Page>(`/records/${kind}`, {
        signal,
        params: {
          where: query.where,
          sort: query.sort,
          limit,
          offset: offset || undefined,
        },
      }),
  });

export const countQuery = (kind: string, where: string) =>
  queryOptions({
    queryKey: keys.count(kind, where, false),
    queryFn: ({ signal }) => call<Count>(`/records/${kind}/count`, { signal, params: { where } }),
  });

export const searchQuery = (text: string, kind: string, limit: number) =>
  queryOptions({
    queryKey: keys.search(text, `${kind}/${limit}`),
    queryFn: async ({ signal }) =>
      (await call<{ hits: Hit[] }>('/search', { signal, params: { q: text, kind, limit } })).hits,
    staleTime: 5_000,
  });

export const recentQuery = queryOptions({
  queryKey: keys.recent,
  queryFn: async ({ signal }) => (await call<{ hits: Hit[] }>('/recent', { signal, params: { limit: 8 } })).hits,
});

export const timelinePage = (kind: string, id: string, only: string, before: string, signal?: AbortSignal) =>
  call<Entries>(`/records/${kind}/${id}/timeline`, { signal, params: { kinds: only, limit: 30, before } });

/** Looking is noted once a visit of the page; what came meanwhile is told by the timeline itself. */
export const lookQuery = (kind: string, id: string) =>
  queryOptions({
    queryKey: keys.look(kind, id),
    queryFn: () => call<Look>(`/records/${kind}/${id}/look`, { method: 'POST', json: {} }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });

export type HistoryFilter = {
  record?: string;
  kind?: string;
  actor?: string;
  op?: string;
  field?: string;
  since?: string;
  until?: string;
  batch?: string;
};

export const historyPage = (filter: HistoryFilter, before: string, signal?: AbortSignal) =>
  call<Changes>('/history', { signal, params: { ...filter, limit: 50, before } });

export const batchesPage = (filter: HistoryFilter, before: string, signal?: AbortSignal) =>
  call<Batches>('/batches', { signal, params: { ...filter, limit: 30, before } });

export const fieldHistory = (kind: string, id: string, field: string) =>
  queryOptions({
    queryKey: keys.history({ kind, id, field }),
    queryFn: ({ signal }) => call<Changes>(`/records/${kind}/${id}/history/${field}`, { signal }),
  });

export type BinFilter = { kind?: string; actor?: string; since?: string; until?: string };

export const binPage = (filter: BinFilter, before: string, signal?: AbortSignal) =>
  call<BinPage>('/bin', { signal, params: { ...filter, limit: 50, before } });

export const createRecord = (kind: string, values: Values) =>
  call<Saved>(`/records/${kind}`, { method: 'POST', json: { values } });

export const changeRecord = (kind: string, id: string, version: number, values: Values) =>
  call<Saved>(`/records/${kind}/${id}`, { method: 'PATCH', json: { version, values } });

export const deleteRecord = (kind: string, id: string, version: number) =>
  call<Saved>(`/records/${kind}/${id}`, { method: 'DELETE', params: { version } });

export const deleteRecords = (kind: string, ids: string[]) =>
  call<BulkDone>(`/records/${kind}/delete`, { method: 'POST', json: { ids }, timeout: 120_000 });

export const restoreRecord = (kind: string, id: string) =>
  call<Saved>(`/records/${kind}/${id}/restore`, { method: 'POST', json: {} });

export const undo = (changeOrBatch: string, dryRun = false) =>
  call<Undone>(`/undo/${changeOrBatch}`, {
    method: 'POST',
    params: { dryRun: dryRun || undefined },
    json: {},
    timeout: 120_000,
  });

export const parseFilter = (kind: string, where: string, signal?: AbortSignal) =>
  call<ParsedFilter>(`/filter/${kind}`, { method: 'POST', json: { where }, signal });

export const changeSettings = (version: number, values: Values) =>
  call<Settings>('/settings', { method: 'PATCH', json: { version, values } });

export const uploadFile = (name: string, bytes: ArrayBuffer, about?: string) =>
  call<Saved>('/files', { method: 'POST', params: { name, about }, bytes, timeout: 120_000 });

export const todayQuery = queryOptions({
  queryKey: keys.today,
  queryFn: ({ signal }) => call<Today>('/today', { signal }),
});

export const calendarQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: keys.calendar(from, to),
    queryFn: ({ signal }) => call<Calendar>('/calendar', { signal, params: { from, to } }),
  });

export const settleActivity = (kind: string, id: string, how: SettleHow, version?: number, until?: string) =>
  call<Saved>(`/activities/${kind}/${id}/settle`, { method: 'POST', json: { how, version, until } });

export const snoozeReminder = ({ kind, id, when }: ReminderEvent, how: SnoozeHow) =>
  call<{ until: string }>(`/activities/${kind}/${id}/snooze`, { method: 'POST', json: { how, when } });

export const exportCalendar = () => callBytes('/calendar.ics', { timeout: 120_000 });

export const importCalendar = (name: string, bytes: ArrayBuffer) =>
  call<Intake>('/calendar/import', { method: 'POST', params: { name }, bytes, timeout: 120_000 });

/** Refreshes what shows the given records; without any, everything that can have changed. */
export function refresh(client: QueryClient, refs: { kind: string; id?: string }[]): void {
  const always = ['history', 'bin', 'recent', 'search', 'today', 'calendar'];
  const kinds = new Set(refs.map((r) => r.kind));
  const ids = new Set(refs.map((r) => r.id));
  const bulk = new Set(refs.filter((r) => !r.id).map((r) => r.kind));
  void client.invalidateQueries({
    predicate: ({ queryKey: [what, kind, id] }) => {
      if (what === 'kinds' || what === 'fields') return kinds.has('field');
      if (what === 'session') return kinds.has('settings') || kinds.has('user');
      if (refs.length === 0 || always.includes(String(what))) return true;
      if (what === 'settings') return kinds.has('settings');
      if (what === 'rows' || what === 'count') return kinds.has(String(kind));
      // A note or a quotation stands on the timelines of several records, and each of their changes shows on their own.
      if (what === 'timeline') return ids.has(String(id)) || [...kinds].some((k) => k !== kind) || bulk.size > 0;
      return ids.has(String(id)) || bulk.has(String(kind));
    },
  });
}
