import { queryOptions } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { components } from '@/api/schema';
import type { Entries, Entry } from '@/api/types';

/** What is shown of a timeline; what is empty shows all. */
export type TimelineFilter = { only: string; who: string; words: string };
export const noFilter: TimelineFilter = { only: '', who: '', words: '' };
export const isFiltered = (f: TimelineFilter) => Boolean(f.only || f.who || f.words);

export type Stretch = Omit<Entries, 'pinned'> & { pinned: Entry[] };
export type Person = components['schemas']['TimelinePerson'];

type Owner = { kind: string; id: string };

/** The first stretch fills a screen and is there at once; those that are scrolled to are longer. */
export const stretch = ({ kind, id }: Owner, filter: TimelineFilter, before: string, signal?: AbortSignal) =>
  call<Stretch>(`/records/${kind}/${id}/timeline`, {
    signal,
    params: { kinds: filter.only, who: filter.who, q: filter.words, limit: before ? 40 : 15, before },
  });

/** Who wrote what stands there and whom it is about: asked for when somebody opens the choice. */
export const peopleQuery = ({ kind, id }: Owner) =>
  queryOptions({
    queryKey: ['timeline', kind, id, 'people'],
    queryFn: async ({ signal }) =>
      (await call<{ people: Person[] }>(`/records/${kind}/${id}/timeline/people`, { signal })).people,
  });

export const pinEntry = ({ kind, id }: Owner, entry: string, pinned: boolean) =>
  call<null>(`/records/${kind}/${id}/timeline/pins/${entry}`, { method: pinned ? 'PUT' : 'DELETE' });
