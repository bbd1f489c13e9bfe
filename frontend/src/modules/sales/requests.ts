import { queryOptions } from '@tanstack/react-query';
import i18next from 'i18next';
import { ApiError, address, call, type FieldFault } from '@/api/client';
import type { Links, Row } from '@/api/types';
import type { FiguresJSON, QuotationJSON } from './document';

export type Stored = {
  id: string;
  number: string;
  revision: number;
  status: 'draft' | 'final';
  version: number;
  document: QuotationJSON;
  figures: FiguresJSON;
  record: Row;
  links: Links;
  batch?: string;
};

/** The key starts as every record's does, so that the listener of changes refreshes it by kind and id. */
export const storedKey = (id: string) => ['quotation', 'quotation', id] as const;

export const storedQuery = (id: string) =>
  queryOptions({
    queryKey: storedKey(id),
    queryFn: ({ signal }) => call<Stored>(`/quotations/${id}`, { signal }),
  });

export const priceDocument = (json: QuotationJSON, signal: AbortSignal) =>
  call<FiguresJSON>('/price', { method: 'POST', json, signal });

export const createQuotation = (json: QuotationJSON) => call<Stored>('/quotations', { method: 'POST', json });

export async function saveQuotation(id: string, version: number, json: QuotationJSON): Promise<Stored> {
  const answer = await send('PUT', `/quotations/${id}`, { version }, json);
  return JSON.parse(new TextDecoder().decode(answer)) as Stored;
}

export const finaliseQuotation = (id: string, version: number) =>
  call<Stored>(`/quotations/${id}/finalise`, { method: 'POST', json: { version }, timeout: 60_000 });

export const previewPaper = (json: QuotationJSON, signal: AbortSignal) =>
  send('POST', '/quotations/preview', {}, json, signal);

export const paperOf = (id: string, signal?: AbortSignal) =>
  send('GET', `/quotations/${id}/pdf`, {}, undefined, signal);

type Problem = {
  detail?: string;
  code?: string;
  field?: string;
  reference?: string;
  errors?: FieldFault[];
  current?: Row;
};

/** Papers answer as bytes, which the client of records does not read. */
async function send(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  params: Record<string, number>,
  json?: QuotationJSON,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  let answer: Response;
  try {
    answer = await fetch(address(path, params), {
      method,
      headers: {
        'Accept-Language': i18next.language,
        'X-Kontor': '1',
        ...(json ? { 'Content-Type': 'application/json' } : {}),
      },
      body: json && JSON.stringify(json),
      credentials: 'same-origin',
      signal: signal ?? AbortSignal.timeout(20_000),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({ code: 'unreachable', detail: '' });
  }
  if (answer.ok) return answer.arrayBuffer();
  let problem: Problem = {};
  try {
    problem = (await answer.json()) as Problem;
  } catch {
    // An answer that is no JSON has only its status.
  }
  throw new ApiError({ ...problem, status: answer.status, detail: problem.detail ?? '' });
}

/** What an answer finds wrong, by the paths of the document. */
export function faultsIn(error: unknown): { path: string; message: string }[] {
  if (!(error instanceof ApiError) || error.status !== 422) return [];
  if (error.errors.length > 0) return error.errors.map((e) => ({ path: e.field, message: e.message }));
  return [{ path: error.field, message: error.message }];
}
