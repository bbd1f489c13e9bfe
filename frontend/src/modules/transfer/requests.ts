import { queryOptions } from '@tanstack/react-query';
import { call, callBytes, type Params } from '@/api/client';

export type Reading = 'dmy' | 'mdy' | 'ymd' | 'comma' | 'point';
export type Mapped = { column: string; kind: string; field: string; confidence: number; reading?: string };
export type Question = {
  column: string;
  field: string;
  readings: Reading[];
  evidence: { row: number; value: string; reading: string; result?: string }[];
};
export type OnMatch = 'update' | 'fill' | 'skip' | 'create';
export type Action = 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed';
export type Counts = Record<Action, number>;
export type Problem = { sheet: string; row: number; column: string; value: string; problem: string };
export type Result = Counts & {
  batch?: string;
  rows: number;
  records: Record<string, Counts>;
  errors: Problem[];
  warnings: Problem[];
  more?: number;
  moreWarnings?: number;
};
export type Progress = { done: number; total: number; over: boolean; result?: Result };
export type Session = {
  id: string;
  file: string;
  format: string;
  sheets: { name: string; hidden?: boolean; rows: number; columns: number }[];
  sheet: string;
  encoding?: string;
  encodingSure?: boolean;
  delimiter?: string;
  header: number;
  rows: number;
  kind: string;
  onMatch: OnMatch;
  match: string[];
  mapping: Mapped[];
  samples: { row: number; cells: string[] }[];
  questions: Question[];
  job?: Progress;
};
export type PlanRow = {
  row: number;
  action: Action;
  records: { kind: string; action: Action; id?: string; title?: string; fields?: string[] }[];
};
export type Plan = { result: Result; rows: PlanRow[] };

export type Options = {
  kind?: string;
  sheet?: string;
  header?: number;
  encoding?: string;
  delimiter?: string;
  match?: string[];
  onMatch?: OnMatch;
  answers?: Record<string, string>;
  mapping?: { column: string; kind: string; field: string; confidence: number }[];
};

/** A large file takes its time to be read; the page shows that it is at work. */
const patience = 10 * 60_000;

export const sessionKey = (id: string) => ['import', 'import', id] as const;

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: sessionKey(id),
    queryFn: ({ signal }) => call<Session>(`/imports/${id}`, { signal }),
    enabled: id !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const changeImport = (id: string, options: Options) =>
  call<Session>(`/imports/${id}`, { method: 'PATCH', json: options, timeout: patience });

export const planImport = (id: string, action: string, offset: number, limit: number, signal?: AbortSignal) =>
  call<Plan>(`/imports/${id}/plan`, { params: { action, offset, limit }, signal, timeout: patience });

export const applyImport = (id: string) => call<Session>(`/imports/${id}/apply`, { method: 'POST', json: {} });
export const cancelImport = (id: string) =>
  call<Session>(`/imports/${id}/cancel`, { method: 'POST', json: {}, timeout: patience });
export const closeImport = (id: string) => call<null>(`/imports/${id}`, { method: 'DELETE' });

export const openImport = (name: string, bytes: ArrayBuffer, kind: string, password: string) =>
  call<Session>('/imports', {
    method: 'POST',
    params: { name, kind },
    bytes,
    // Headers hold ASCII only.
    headers: password ? { 'X-Sheet-Password': encodeURIComponent(password) } : {},
    timeout: patience,
  });

export const failedRows = (id: string) => callBytes(`/imports/${id}/failed`, { timeout: patience });

export const exportList = (kind: string, params: Params) => callBytes(`/export/${kind}`, { params, timeout: patience });
