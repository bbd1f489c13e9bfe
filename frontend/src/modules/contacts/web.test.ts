import { expect, it } from 'vitest';
import { places, type Web } from './web';

const node = (id: string, step: number) => ({ id, kind: 'company', label: id, step });
const edge = (from: string, to: string) => ({ from, to, type: 'supplies', label: '', inverse: '' });

it('puts the record in the middle, its own on the first ring, and theirs beside them', () => {
  const web: Web = {
    nodes: [node('me', 0), node('a', 1), node('b', 1), node('c', 2), node('d', 2)],
    edges: [edge('me', 'a'), edge('b', 'me'), edge('a', 'c'), edge('d', 'a')],
    more: false,
  };
  const spots = places(web);
  const of = (id: string) => spots.find((s) => s.id === id) ?? { x: NaN, y: NaN };
  expect([of('me').x, of('me').y]).toEqual([0, 0]);
  expect([of('a').x, of('a').y]).toEqual([0, -88]);
  expect([of('b').x, of('b').y]).toEqual([0, 88]);
  expect([of('c').x, of('c').y]).toEqual([0, -165]);
  expect(of('d').y).toBeLessThan(-100);
  expect(of('d').x).not.toBe(0);
});

it('shows no more than can be read', () => {
  const nodes = Array.from({ length: 200 }, (_, i) => node(String(i), i === 0 ? 0 : 1));
  expect(places({ nodes, edges: [], more: true })).toHaveLength(30);
  expect(places({ nodes: [], edges: [], more: false })).toEqual([]);
});
