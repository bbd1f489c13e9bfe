import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draftOf } from './document';
import { Editing } from './Editing';

const kept = new Map<string, string>();
const subjectKept = (id: string) => {
  const text = kept.get(`kontor:quotation:${id}`);
  return text && JSON.parse(text).draft.subject;
};
const stored = (version: number) =>
  new Response(JSON.stringify({ id: 'Q1', version, document: { lines: [], own: {} } }), { status: 200 });

describe('a draft while it is written', () => {
  let editing: Editing;
  const asked = vi.fn();
  const type = (text: string) => editing.change((d) => ({ ...d, subject: d.subject + text }));

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
    vi.stubGlobal('fetch', asked.mockReset());
    kept.clear();
    editing = new Editing(draftOf({ lines: [] }));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is kept in the browser also while somebody types without a pause', () => {
    for (const letter of 'steady') {
      type(letter);
      vi.advanceTimersByTime(100);
    }
    expect(subjectKept('new')).toBe('steady');
    expect(asked).not.toHaveBeenCalled();
  });

  it('keeps under its id what was typed during the first save', async () => {
    let answer: (response: Response) => void = () => undefined;
    asked.mockReturnValueOnce(new Promise((done) => (answer = done))).mockReturnValue(new Promise(() => undefined));
    type('one');
    await vi.advanceTimersByTimeAsync(700);
    type(' two');
    await vi.advanceTimersByTimeAsync(200);
    expect(subjectKept('new')).toBe('one two');
    answer(stored(1));
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
    expect(subjectKept('Q1')).toBe('one two');
    expect(subjectKept('new')).toBeUndefined();
    const [path, request] = asked.mock.calls[1] ?? [];
    expect(path).toBe('/api/quotations/Q1?version=1');
    expect(JSON.parse(request.body).subject).toBe('one two');
  });

  it('forgets what was kept once all is stored', async () => {
    asked.mockImplementation(async () => stored(1));
    type('one');
    await vi.advanceTimersByTimeAsync(1000);
    await vi.waitFor(() => expect(editing.dirty).toBe(false));
    expect(kept.size).toBe(0);
  });
});
