import { call } from '@/api/client';
import type { components } from '@/api/schema';
import type { ListRow, Values } from '@/api/types';

/** The records a bulk change is about: those named, or all that a filter finds but some. */
export type Chosen = { ids: string[] } | { where: string; except: string[] };

/** What they get. */
export type Edit = {
  set?: Values;
  add?: Record<string, (string | ListRow)[]>;
  remove?: Record<string, (string | ListRow)[]>;
  delete?: boolean;
};

export type ManyState = components['schemas']['ManyState'];

const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));

/** Starts a bulk change, tells how far it is, and gives its outcome. What takes long goes on in the program by itself. */
export async function changeMany(
  kind: string,
  chosen: Chosen,
  edit: Edit & { dryRun?: boolean },
  tell: (state: ManyState) => void = () => {},
): Promise<ManyState> {
  return untilDone(
    await call<ManyState>(`/records/${kind}/many`, { method: 'POST', json: { ...chosen, ...edit } }),
    tell,
  );
}

/** Asks a job how far it is until it is over. */
export async function untilDone(state: ManyState, tell: (state: ManyState) => void): Promise<ManyState> {
  let now = state;
  while (now.running) {
    tell(now);
    await pause(400);
    now = await call<ManyState>(`/many/${now.job}`);
  }
  return now;
}

export const cancelMany = (job: string) => call<ManyState>(`/many/${job}/cancel`, { method: 'POST', json: {} });
