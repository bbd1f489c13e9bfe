import type { Row } from './types';

export type FieldFault = { field: string; code: string; message: string };

/** A problem+json answer, or what stands for it when no answer came. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly field: string;
  readonly errors: FieldFault[];
  readonly reference: string;
  readonly current: Row | undefined;

  constructor(problem: Partial<Omit<ApiError, 'message'>> & { detail: string }) {
    super(problem.detail);
    this.name = 'ApiError';
    this.code = problem.code ?? 'internal';
    this.status = problem.status ?? 0;
    this.field = problem.field ?? '';
    this.errors = problem.errors ?? [];
    this.reference = problem.reference ?? '';
    this.current = problem.current;
  }

  /** The sentence that stands beside one field, if the answer names it. */
  at(field: string): string | undefined {
    const hit = this.errors.find((e) => e.field === field || e.field === `values.${field}`);
    return hit?.message ?? (this.field === field ? this.message : undefined);
  }
}

export type Params = { [key: string]: string | number | boolean | undefined | null };

type Call = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  params?: Params;
  json?: unknown;
  bytes?: ArrayBuffer;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  timeout?: number;
};

let language = 'en';
export function speak(to: string): void {
  language = to;
}

/** A page waits 15 s at most by itself: the window's transport does not report a lost answer. */
const patience = 15_000;

export function address(path: string, params?: Params): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return `/api${path}${text ? `?${text}` : ''}`;
}

/** Asks for a JSON answer. */
export const call = <T>(path: string, request: Call = {}) =>
  exchange(path, request, async (answer) => {
    const text = await answer.text();
    return (text ? JSON.parse(text) : null) as T;
  });

/** Asks for a paper, a spreadsheet or another file. */
export const callBytes = (path: string, request: Call = {}) =>
  exchange(path, request, (answer) => answer.arrayBuffer());

/** Changes that have no answer yet; files on their way are not waited for. */
const underWay = new Set<Promise<unknown>>();

/** Waits until the changes under way are answered, and those who asked have heard it. */
export async function answered(): Promise<void> {
  await Promise.allSettled(underWay);
  await new Promise((next) => setTimeout(next));
}

function exchange<T>(path: string, request: Call, read: (answer: Response) => Promise<T>): Promise<T> {
  const asked = ask(path, request, read);
  if ((request.method ?? 'GET') === 'GET' || request.bytes) return asked;
  underWay.add(asked);
  const over = () => underWay.delete(asked);
  asked.then(over, over);
  return asked;
}

async function ask<T>(path: string, request: Call, read: (answer: Response) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, request.timeout ?? patience);
  const cancel = () => stop.abort();
  request.signal?.addEventListener('abort', cancel);
  const headers: Record<string, string> = { 'Accept-Language': language, 'X-Kontor': '1', ...request.headers };
  if (request.bytes) headers['Content-Type'] = 'application/octet-stream';
  else if (request.json !== undefined) headers['Content-Type'] = 'application/json';
  try {
    const answer = await fetch(address(path, request.params), {
      method: request.method ?? 'GET',
      headers,
      body: request.bytes ?? (request.json === undefined ? undefined : JSON.stringify(request.json)),
      signal: stop.signal,
      credentials: 'same-origin',
    });
    if (!answer.ok) throw problem(answer.status, await answer.text());
    return await read(answer);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (late) throw new ApiError({ code: 'timeout', detail: '' });
    if (request.signal?.aborted) throw error;
    throw new ApiError({ code: 'unreachable', detail: '' });
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', cancel);
  }
}

function problem(status: number, text: string): ApiError {
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(text);
  } catch {
    // An answer that is no JSON (a proxy's page, say) has only its status.
  }
  const faults = Array.isArray(body.errors) ? (body.errors as Record<string, unknown>[]) : [];
  return new ApiError({
    status,
    detail: String(body.detail ?? body.title ?? ''),
    code: String(body.code ?? (status === 401 ? 'unauthorized' : 'internal')),
    field: String(body.field ?? ''),
    reference: String(body.reference ?? ''),
    errors: faults.map((f) => ({
      field: String(f.field ?? f.location ?? ''),
      code: String(f.code ?? ''),
      message: String(f.message ?? ''),
    })),
    current: body.current as Row | undefined,
  });
}
