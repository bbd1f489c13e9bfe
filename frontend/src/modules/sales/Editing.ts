import { ApiError, call } from '@/api/client';
import { keep, recall } from '@/lib/keep';
import { type Store, store } from '@/lib/store';
import { type Draft, documentOf, draftOf, isBlank, lineId } from './document';
import { createQuotation, faultsIn, type Stored, saveQuotation } from './requests';

/** What has become of what was typed; the page says it in words. */
export type SaveState =
  | { phase: 'new' | 'typed' | 'saving' | 'away' }
  | { phase: 'saved'; at: string }
  | { phase: 'refused'; faults: { path: string; message: string }[] }
  | { phase: 'stale'; stored: Stored }
  | { phase: 'failed'; error: unknown };

type Kept = { draft: Draft; version: number; at: string };

const pause = 700;
const keepPause = 150;
const retryPause = 5_000;

const keptKey = (id: string) => `quotation:${id || 'new'}`;

/** What this browser still holds of a quotation that did not reach the server. */
export function keptDraft(id: string): Kept | undefined {
  const kept = recall<Kept | null>(keptKey(id), null);
  if (!kept?.draft?.lines) return undefined;
  const { draft } = kept;
  return {
    ...kept,
    draft: { ...draft, own: draft.own ?? {}, lines: draft.lines.map((l) => ({ ...l, id: lineId() })) },
  };
}

export const forgetKept = (id: string) => keep(keptKey(id), undefined);

/** A new quotation is stored once it says something; dates and currency alone say nothing. */
export function saysSomething(draft: Draft): boolean {
  const words = [draft.subject, draft.company, draft.person, draft.reference, draft.intro, draft.closing, draft.terms];
  const own = Object.values(draft.own).some((v) => v !== null && v !== '');
  return own || words.some((w) => w.trim() !== '') || draft.lines.some((l) => !isBlank(l));
}

/**
 * A draft while it is written. Every change is kept in this browser at once and goes to the server after a short
 * pause, one save at a time, against the version it was made from: nothing typed is lost and nobody is overwritten.
 */
export class Editing {
  readonly draft: Store<Draft>;
  readonly state: Store<SaveState>;
  id: string;
  version: number;
  onStored: (stored: Stored, first: boolean) => void = () => undefined;

  private revision = 0;
  private savedRevision = 0;
  private running: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private keepTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(draft: Draft, stored?: { id: string; version: number }) {
    this.draft = store(draft);
    this.id = stored?.id ?? '';
    this.version = stored?.version ?? 0;
    this.state = store<SaveState>(stored ? { phase: 'saved', at: '' } : { phase: 'new' });
  }

  get dirty(): boolean {
    return this.revision !== this.savedRevision;
  }

  change = (edit: (draft: Draft) => Draft): void => {
    const before = this.draft.get();
    const next = edit(before);
    if (next === before) return;
    this.draft.set(next);
    this.revision += 1;
    this.keepTimer ??= setTimeout(this.keepNow, keepPause);
    // An open question about versions is answered first.
    if (this.state.get().phase === 'stale') return;
    if (!this.running) this.state.set({ phase: 'typed' });
    this.later(pause);
  };

  /** Takes up what this browser still held, as if it had just been typed. */
  restore(kept: Kept): void {
    if (kept.version) this.version = kept.version;
    this.change(() => kept.draft);
  }

  /** Saves what is unsaved now; true when everything typed is stored. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (this.dirty && this.state.get().phase !== 'stale') await this.save();
    return !this.dirty;
  }

  /** The last thing a page does: what waits is kept here and sent. */
  leave = (): void => {
    if (!this.dirty) return;
    this.keepNow();
    void this.flush();
  };

  /** Lets what is stored stand. */
  adopt(stored: Stored): void {
    this.draft.set(draftOf(stored.document));
    this.version = stored.version;
    this.savedRevision = this.revision;
    this.settled();
  }

  /** Lets what was typed here stand over what somebody else stored. */
  insist(stored: Stored): Promise<boolean> {
    this.version = stored.version;
    this.state.set({ phase: 'typed' });
    return this.flush();
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), wait);
  }

  private keepNow = (): void => {
    this.noKeeping();
    if (!this.dirty || (!this.id && !saysSomething(this.draft.get()))) return;
    keep(keptKey(this.id), { draft: this.draft.get(), version: this.version, at: new Date().toISOString() });
  };

  /** Own fields that nobody filled in begin with their defaults, which the server knows. */
  private learn(stored: Stored): void {
    const now = this.draft.get();
    this.draft.set({ ...now, own: { ...stored.document.own, ...now.own } });
  }

  private noKeeping(): void {
    clearTimeout(this.keepTimer);
    this.keepTimer = undefined;
  }

  private settled(): void {
    this.noKeeping();
    forgetKept(this.id);
    this.state.set({ phase: 'saved', at: new Date().toISOString() });
  }

  private save(): Promise<void> {
    this.running ??= this.saveAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async saveAll(): Promise<void> {
    while (this.dirty) {
      const draft = this.draft.get();
      const revision = this.revision;
      if (!this.id && !saysSomething(draft)) {
        forgetKept('');
        this.state.set({ phase: 'new' });
        return;
      }
      this.state.set({ phase: 'saving' });
      try {
        const { json } = documentOf(draft);
        const first = !this.id;
        const stored = first ? await createQuotation(json) : await saveQuotation(this.id, this.version, json);
        if (first) this.learn(stored);
        this.id = stored.id;
        this.version = stored.version;
        this.savedRevision = revision;
        if (first) {
          this.keepNow(); // what was typed meanwhile was kept for a new one
          forgetKept('');
        }
        this.onStored(stored, first);
      } catch (error) {
        await this.failed(error);
        return;
      }
    }
    this.settled();
  }

  private async failed(error: unknown): Promise<void> {
    this.keepNow();
    const faults = faultsIn(error);
    if (faults.length > 0) this.state.set({ phase: 'refused', faults });
    else if (error instanceof ApiError && error.code === 'stale') {
      const stored = await call<Stored>(`/quotations/${this.id}`).catch(() => undefined);
      if (stored) this.state.set({ phase: 'stale', stored });
      else this.tryAgain();
    } else if (error instanceof ApiError && ['unreachable', 'timeout', 'unavailable'].includes(error.code)) {
      this.tryAgain();
    } else this.state.set({ phase: 'failed', error });
  }

  private tryAgain(): void {
    this.state.set({ phase: 'away' });
    this.later(retryPause);
  }
}
