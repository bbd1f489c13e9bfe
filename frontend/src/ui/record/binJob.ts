import { call } from '@/api/client';
import type { BinFilter } from '@/api/queries';
import type { components } from '@/api/schema';

/** What of the bin is meant: some records, or all that a filter finds. */
export type BinChoice = { records: { kind: string; id: string }[] } | ({ all: true } & BinFilter);
export type BinState = components['schemas']['ManyState'];

const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));

/** Restores or purges, tells how far it is, and gives the outcome. What takes long goes on in the program by itself. */
export async function binJob(
  what: 'restore' | 'purge',
  choice: BinChoice,
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
