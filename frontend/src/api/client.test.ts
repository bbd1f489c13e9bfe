import { afterEach, describe, expect, it, vi } from 'vitest';
import { oneTimeKey } from '@/app/entry';
import { isPicture } from '@/modules/settings/picture';
import { ApiError, address, answered, call } from './client';
import { plainBody } from './guard';
import { safeLink } from './platform';

afterEach(() => vi.unstubAllGlobals());

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => new ApiError({ detail: 'It did not fail.' }),
    (error) => error as ApiError,
  );

const answer = (status: number, body: unknown) =>
  vi.stubGlobal('fetch', async () => new Response(body === null ? null : JSON.stringify(body), { status }));

describe('calls', () => {
  it('knows when changes are answered, also refused ones, and waits for no question', async () => {
    const held: ((response: Response) => void)[] = [];
    vi.stubGlobal('fetch', () => new Promise<Response>((done) => held.push(done)));
    const heard: string[] = [];
    const question = call('/records/company');
    const change = call('/records/company/1', { method: 'DELETE' }).then(() => heard.push('change'));
    const refused = failure(call('/records/company/2', { method: 'PATCH', json: {} })).then(() =>
      heard.push('refused'),
    );
    const all = answered().then(() => heard.push('all'));
    held[1]?.(new Response(null, { status: 204 }));
    await change;
    await new Promise((next) => setTimeout(next, 5));
    expect(heard).toEqual(['change']);
    held[2]?.(new Response('{}', { status: 409 }));
    await Promise.all([refused, all]);
    expect(heard).toEqual(['change', 'refused', 'all']);
    held[0]?.(new Response('{}'));
    await question;
  });

  it('writes only parameters that say something', () => {
    expect(address('/records/company', { where: 'a = "b"', after: '', limit: 50, bin: undefined })).toBe(
      '/api/records/company?where=a+%3D+%22b%22&limit=50',
    );
  });

  it('turns a problem into an error that knows its fields', async () => {
    answer(422, {
      detail: 'Fill in the name.',
      code: 'invalid',
      field: 'name',
      errors: [{ field: 'emails[0].value', code: 'invalid', message: 'No address.' }],
    });
    const error = await failure(call('/records/company', { method: 'POST', json: {} }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error.at('name')).toBe('Fill in the name.');
    expect(error.at('emails[0].value')).toBe('No address.');
    expect(error.at('city')).toBeUndefined();
  });

  it('carries the stored record of a stale save', async () => {
    answer(409, { detail: 'Stale.', code: 'stale', current: { id: '1', version: 7 } });
    const error = await failure(call('/x'));
    expect([error.code, error.current?.version]).toEqual(['stale', 7]);
  });

  it('survives answers that are no JSON and no answer at all', async () => {
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502 }));
    expect((await failure(call('/x'))).code).toBe('internal');
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('failed');
    });
    expect((await failure(call('/x'))).code).toBe('unreachable');
  });

  it('takes an empty answer', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }));
    expect(await call('/session', { method: 'POST', json: {} })).toBeNull();
  });
});

describe('what leaves the program', () => {
  it('sends no Blob into the window', async () => {
    const { body, type } = await plainBody(new Blob(['abc'], { type: 'text/plain' }));
    expect(Object.prototype.toString.call(body)).toBe('[object ArrayBuffer]');
    expect(type).toBe('text/plain');
    expect((await plainBody('text')).body).toBe('text');
  });

  it.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['a.example', 'https://a.example'],
    ['www.a.example/path?q=1', 'https://www.a.example/path?q=1'],
    ['mailto:a@b.example', 'mailto:a@b.example'],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    ['data:text/html,x', undefined],
    ['no link', undefined],
  ])('opens %s as %s', (url, safe) => expect(safeLink(url)).toBe(safe));
});

it('finds the key of a one-time link', () => {
  expect(oneTimeKey('#/open?key=a-b_c')).toBe('a-b_c');
  expect(oneTimeKey('#/company')).toBeNull();
});

it('tells pictures by their first bytes', () => {
  expect(isPicture(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]).buffer)).toBe(true);
  expect(isPicture(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]).buffer)).toBe(true);
  expect(isPicture(new TextEncoder().encode('<svg>').buffer as ArrayBuffer)).toBe(false);
});
