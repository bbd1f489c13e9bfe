import { queryOptions, useQueries } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { components } from '@/api/schema';
import type { Kind } from '@/api/types';
import { compare } from '@/lib/format';
import { type ManyState, untilDone } from '@/ui/list/many';

type Counted = components['schemas']['RecordTag'];

/** A tag with how many records have it, of all kinds and of each. */
export type Tag = { name: string; count: number; byKind: Record<string, number> };

/** The kinds whose records can have tags. */
export const taggedKinds = (kinds: Kind[]) => kinds.filter((k) => k.fields.some((f) => f.alias === 'tag'));

const fold = (name: string) => name.toLocaleLowerCase();

/** The tags of one kind. They are refreshed as the counts of its lists are: with every change of such a record. */
const tagsQuery = (kind: string) =>
  queryOptions({
    queryKey: ['count', kind, '', 'tags'],
    queryFn: async ({ signal }) => (await call<{ tags: Counted[] }>('/tags', { signal, params: { kind } })).tags,
  });

/** The tags of all kinds together, those used most first. */
export function useTags(kinds: Kind[]) {
  const each = useQueries({ queries: kinds.map((k) => tagsQuery(k.name)) });
  const tags = new Map<string, Tag>();
  each.forEach(({ data }, i) => {
    const kind = kinds[i]?.name ?? '';
    for (const { name, count } of data ?? []) {
      const tag = tags.get(fold(name)) ?? { name, count: 0, byKind: {} };
      tags.set(fold(name), { ...tag, count: tag.count + count, byKind: { ...tag.byKind, [kind]: count } });
    }
  });
  const missing = each.filter((q) => !q.data);
  return {
    tags: [...tags.values()].sort((a, b) => b.count - a.count || compare(a.name, b.name)),
    pending: missing.some((q) => q.isPending && !q.error),
    error: missing.find((q) => q.error)?.error,
    retry: () => {
      for (const query of missing) void query.refetch();
    },
  };
}

/** The tag that has this name already, in whatever spelling. */
export const sameTag = (tags: Tag[], name: string) => tags.find((t) => fold(t.name) === fold(name.trim()));

export const renameTag = async (from: string, to: string, tell: (state: ManyState) => void) =>
  untilDone(await call<ManyState>('/tags/rename', { method: 'POST', json: { from, to } }), tell);

export const deleteTag = async (tag: string, tell: (state: ManyState) => void) =>
  untilDone(await call<ManyState>('/tags/delete', { method: 'POST', json: { tag } }), tell);
