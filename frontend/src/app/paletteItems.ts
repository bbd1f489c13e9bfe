import type { Hit } from '@/api/types';
import type { Command } from '@/lib/commands';

export type PaletteItem =
  | { type: 'hit'; key: string; hit: Hit }
  | { type: 'command'; key: string; command: Command }
  | { type: 'all'; key: string; title: string };
export type PaletteGroup = { title: string; items: PaletteItem[] };

type Input = {
  typed: string;
  hits: Hit[];
  commands: Command[];
  kindTitle: (kind: string) => string;
  words: { recent: string; group: (group: Command['group']) => string; all: string };
};

/** A hit opens its own page. */
export const hitTarget = (hit: Hit) => ({ kind: hit.kind, id: hit.id });

const asCommands = (commands: Command[]): PaletteItem[] =>
  commands.map((command) => ({ type: 'command', key: command.id, command }));

/** What the palette shows: records by kind in the order of the best hit, then commands by group. */
export function paletteGroups({ typed, hits, commands, kindTitle, words }: Input): PaletteGroup[] {
  const groups: PaletteGroup[] = [];
  const order = ['create', 'page', 'go', 'program'] as const;
  const commandGroups = order.map((g) => ({
    title: words.group(g),
    items: asCommands(commands.filter((c) => c.group === g)),
  }));
  if (!typed) {
    const recent: PaletteItem[] = hits.slice(0, 5).map((hit) => ({ type: 'hit', key: hit.kind + hit.id, hit }));
    groups.push({ title: words.recent, items: recent }, ...commandGroups);
  } else {
    for (const kind of new Set(hits.map((h) => h.kind))) {
      const own = hits.filter((h) => h.kind === kind).slice(0, 6);
      groups.push({ title: kindTitle(kind), items: own.map((hit) => ({ type: 'hit', key: hit.kind + hit.id, hit })) });
    }
    groups.push(...commandGroups);
    if (hits.length > 0) groups.push({ title: '', items: [{ type: 'all', key: 'all', title: words.all }] });
  }
  return groups.filter((g) => g.items.length > 0);
}
