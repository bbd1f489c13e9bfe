import { call } from '@/api/client';
import type { BinFilter } from '@/api/queries';
import type { components } from '@/api/schema';

/** What of the bin is meant: some records, or all that a filter finds. */
export type BinChoice = { records: { kind: string; id: string }[] } | ({ all: true } & BinFilter);
/** What is purged: beside what is meant, what of the bin refers to that, of some kinds. */
export type PurgeChoice = BinChoice & { along?: string[] };
export type BinState = components['schemas']['ManyState'];

const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));

/** Restores or purges, tells how far it is, and gives the outcome. What takes long goes on in the program by itself. */
export async function binJob(
  what: 'restore' | 'purge',
  choice: PurgeChoice,
  dryRun = false,
  tell: (state: BinState) => void = () => {},
): Promise<BinState> {
  let state = await call<BinState>(`/bin/${what}`, { method: 'POST', json: { ...choice, ...(dryRun && { dryRun }) } });
  while (state.running) {
    tell(state);
    await pause(400);
    state = await call<BinState>(`/many/${state.job}`);
  }
  return state;
}

/** How much of which kind lies in the bin as well and refers to what is meant. */
export const referring = (choice: BinChoice) =>
  call<{ kinds: { kind: string; count: number }[] }>('/bin/referring', { method: 'POST', json: choice });
