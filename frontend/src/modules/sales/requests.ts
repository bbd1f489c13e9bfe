import { queryOptions } from '@tanstack/react-query';
import { ApiError, call, callBytes } from '@/api/client';
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

export const saveQuotation = (id: string, version: number, json: QuotationJSON) =>
  call<Stored>(`/quotations/${id}`, { method: 'PUT', params: { version }, json });

export const finaliseQuotation = (id: string, version: number) =>
  call<Stored>(`/quotations/${id}/finalise`, { method: 'POST', json: { version }, timeout: 60_000 });

export const previewPaper = (json: QuotationJSON, signal: AbortSignal) =>
  callBytes('/quotations/preview', { method: 'POST', json, signal });

export const paperOf = (id: string, signal?: AbortSignal) => callBytes(`/quotations/${id}/pdf`, { signal });

/** What an answer finds wrong, by the paths of the document. */
export function faultsIn(error: unknown): { path: string; message: string }[] {
  if (!(error instanceof ApiError) || error.status !== 422) return [];
  if (error.errors.length > 0) return error.errors.map((e) => ({ path: e.field, message: e.message }));
  return [{ path: error.field, message: error.message }];
}
