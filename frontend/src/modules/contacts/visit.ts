import { callBytes } from '@/api/client';
import { store } from '@/lib/store';

/** Whose visit sheet is open. */
export const visited = store<{ kind: string; id: string } | null>(null);

export const visitSheet = (kind: string, id: string, signal?: AbortSignal) =>
  callBytes(`/visits/${kind}/${id}`, { signal });
