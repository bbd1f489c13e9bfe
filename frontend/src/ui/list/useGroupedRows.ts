import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call } from '@/api/client';
import type { ListQuery } from '@/api/queries';
import type { Kind, Links, Row } from '@/api/types';
import { both } from '@/lib/filter';
import { blockSize, lookAhead } from '@/lib/window';
import { blockAt } from './blockAt';
import { type Group, type Grouping, type GroupSort, type Groups, sorted } from './grouping';
import { type Block, blocksIn, layOut, spanAt } from './groupLayout';
import { inOrderQuery } from './inOrder';

/** The head of a group where it stands in the table. */
export type Head = { group: Group; line: number; open: boolean };

/** A grouped list: heads and, below the open ones, rows that are loaded as they come into sight. */
export type GroupedRows = {
  found?: Groups;
  total: number;
  loading: boolean;
  error: unknown;
  at: (line: number) => Row | undefined;
  links: Links;
  show: (first: number, last: number) => void;
  retry: () => void;
  /** The head at a line, if one is there. */
  head: (line: number) => Head | undefined;
  /** The head of the group that a line is in. */
  headOver: (line: number) => Head | undefined;
  toggle: (line: number) => void;
  foldAll: (folded: boolean) => void;
};

/** Few groups are open at first: one sees rows at once, and no list that never ends. */
const fewGroups = 12;
const mostHeld = 40;

type Turned = { folded?: boolean; groups: ReadonlySet<string> };
const untouched: Turned = { groups: new Set() };
/** Which groups were open, so that who comes back from a record finds them so. */
const remembered = new Map<string, Turned>();

export function useGroupedRows(
  kind: Kind,
  query: ListQuery,
  grouping: Grouping | undefined,
  sort: GroupSort,
  sums: string,
): GroupedRows | undefined {
  const by = grouping?.by ?? '';
  const groupsQuery = (of: string) => ({
    queryKey: ['count', kind.name, query.where, `groups:${by}:${sort}:${of}`],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      call<Groups>(`/records/${kind.name}/groups`, { signal, params: { where: query.where, by, sort, sums: of } }),
    retry: false,
  });
  const asked = useQuery({ ...groupsQuery(''), enabled: by !== '' });
  // Adding up reads every record, counting does not: the heads come first, and then what they come to.
  const added = useQuery({ ...groupsQuery(sums), enabled: by !== '' && sums !== '' && asked.isSuccess });
  const sumsOf = useMemo(() => new Map(added.data?.groups.map((g) => [g.where, g.sums])), [added.data]);
  const key = JSON.stringify([kind.name, by, query.where]);
  const [, draw] = useState(0);
  const turned = remembered.get(key) ?? untouched;
  const found = asked.data;
  const groups = useMemo(
    () => (found && grouping ? sorted(kind, grouping, found, sort) : []),
    [kind, grouping, found, sort],
  );
  const folded = turned.folded ?? groups.length > fewGroups;
  const layout = useMemo(
    () =>
      layOut(
        groups.map((g) => g.count),
        (i) => folded === turned.groups.has(groups[i]?.where ?? ''),
      ),
    [groups, folded, turned],
  );

  const open = groups.filter((_, i) => (layout.spans[i]?.size ?? 0) > 1);
  useQuery(
    inOrderQuery(
      kind.name,
      query.sort,
      open.map((g) => ({ where: both(query.where, g.where), count: g.count })),
    ),
  );
  const [seen, setSeen] = useState<{ layout: unknown; needed: Block[] }>({ layout: null, needed: [] });
  const held = useRef<Block[]>([]);
  const needed = seen.layout === layout ? seen.needed : blocksIn(layout, 0, 30);
  const idOf = (b: Block) => `${groups[b.group]?.where}|${b.block}`;
  const wanted = new Set(needed.map(idOf));
  held.current = [...needed, ...held.current.filter((b) => groups[b.group] && !wanted.has(idOf(b)))].slice(0, mostHeld);
  const client = useQueryClient();
  const rowsOf = (b: Block) => {
    const where = both(query.where, groups[b.group]?.where ?? '');
    return blockAt(client, kind.name, { where, sort: query.sort }, b.block);
  };
  const blocks = useQueries({
    queries: held.current.map((b) => ({
      ...rowsOf(b),
      enabled: wanted.has(idOf(b)) && by !== '',
      gcTime: 5_000,
    })),
  });
  // What was scrolled past before it came is not waited for.
  useEffect(() => {
    for (const b of held.current) {
      if (wanted.has(idOf(b))) continue;
      const { queryKey } = rowsOf(b);
      if (client.getQueryState(queryKey)?.fetchStatus === 'fetching') void client.cancelQueries({ queryKey });
    }
  });
  const byId = new Map(held.current.map((b, i) => [idOf(b), blocks[i]]));
  const links: Links = {};
  for (const block of blocks) if (block.data) Object.assign(links, block.data.links);

  const before = useRef(0);
  const show = useCallback(
    (first: number, last: number) => {
      const [from, to] = lookAhead(first, last, before.current);
      before.current = first;
      const next = blocksIn(layout, from, to);
      setSeen((old) =>
        old.layout === layout && JSON.stringify(old.needed) === JSON.stringify(next) ? old : { layout, needed: next },
      );
    },
    [layout],
  );
  if (!grouping) return undefined;

  const headOver = (line: number): Head | undefined => {
    const span = spanAt(layout, line);
    const group = span && groups[span.index];
    return group && { group: { ...group, sums: sumsOf.get(group.where) }, line: span.start, open: span.size > 1 };
  };
  const turn = (next: Turned) => {
    remembered.set(key, next);
    draw((n) => n + 1);
  };
  return {
    found,
    total: layout.total,
    loading: asked.isLoading,
    error: asked.error ?? blocks.find((b) => b.error)?.error,
    at: (line) => {
      const span = spanAt(layout, line);
      const inner = span ? line - span.start - 1 : -1;
      if (!span || inner < 0) return undefined;
      return byId.get(idOf({ group: span.index, block: Math.floor(inner / blockSize) }))?.data?.rows[inner % blockSize];
    },
    links,
    show,
    retry: () => {
      if (asked.error) void asked.refetch();
      for (const block of blocks) if (block.error) void block.refetch();
    },
    headOver,
    head: (line) => {
      const head = headOver(line);
      return head?.line === line ? head : undefined;
    },
    toggle: (line) => {
      const where = headOver(line)?.group.where;
      if (where === undefined) return;
      const next = new Set(turned.groups);
      if (!next.delete(where)) next.add(where);
      turn({ folded, groups: next });
    },
    foldAll: (all) => turn({ folded: all, groups: new Set() }),
  };
}
