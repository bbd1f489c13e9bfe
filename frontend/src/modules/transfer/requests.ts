import { queryOptions } from '@tanstack/react-query';
import i18next from 'i18next';
import { ApiError, address, call, type FieldFault, type Params } from '@/api/client';

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

export async function openImport(name: string, bytes: ArrayBuffer, kind: string, password: string): Promise<Session> {
  // Headers hold ASCII only.
  const secret: Record<string, string> = password ? { 'X-Sheet-Password': encodeURIComponent(password) } : {};
  const answer = await send('POST', '/imports', { name, kind }, bytes, secret);
  return JSON.parse(new TextDecoder().decode(answer)) as Session;
}

export const failedRows = (id: string) => send('GET', `/imports/${id}/failed`, {});

export const exportList = (kind: string, params: Params) => send('GET', `/export/${kind}`, params);

/** Workbooks go and come as bytes, which the client of records does not carry. */
async function send(
  method: 'GET' | 'POST',
  path: string,
  params: Params,
  bytes?: ArrayBuffer,
  more: Record<string, string> = {},
): Promise<ArrayBuffer> {
  let answer: Response;
  try {
    answer = await fetch(address(path, params), {
      method,
      headers: {
        'Accept-Language': i18next.language,
        'X-Kontor': '1',
        ...(bytes ? { 'Content-Type': 'application/octet-stream' } : {}),
        ...more,
      },
      body: bytes,
      credentials: 'same-origin',
    });
  } catch {
    throw new ApiError({ code: 'unreachable', detail: '' });
  }
  if (answer.ok) return answer.arrayBuffer();
  let problem: { detail?: string; code?: string; field?: string; reference?: string; errors?: FieldFault[] } = {};
  try {
    problem = await answer.json();
  } catch {
    // An answer that is no JSON has only its status.
  }
  throw new ApiError({ ...problem, status: answer.status, detail: problem.detail ?? '' });
}
