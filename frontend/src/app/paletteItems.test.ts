import { expect, it } from 'vitest';
import type { Command } from '@/lib/commands';
import { paletteGroups } from './paletteItems';

const words = { recent: 'Recent', group: (g: string) => g, all: 'All' };
const command: Command = { id: 'go', title: 'Companies', group: 'go', run: () => undefined };
const hits = [
  { kind: 'person', id: '1', title: 'Ada' },
  { kind: 'company', id: '2', title: 'Adams' },
  { kind: 'person', id: '3', title: 'Adele' },
];

it('groups hits by kind in the order of the best, then commands, then all results', () => {
  const groups = paletteGroups({ typed: 'ad', hits, commands: [command], kindTitle: (k) => k, words });
  expect(groups.map((g) => g.title)).toEqual(['person', 'company', 'go', '']);
  expect(groups[0]?.items).toHaveLength(2);
});

it('shows recent records before commands when nothing is typed', () => {
  const groups = paletteGroups({ typed: '', hits, commands: [command], kindTitle: (k) => k, words });
  expect(groups.map((g) => g.title)).toEqual(['Recent', 'go']);
});
