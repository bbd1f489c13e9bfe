export type Node = { id: string; kind: string; label: string; subtitle?: string; step: number };
export type Edge = {
  from: string;
  to: string;
  type: string;
  label: string;
  inverse: string;
  relation?: string;
  past?: boolean;
};
/** Who stands within two steps of a record, the record first. */
export type Web = { nodes: Node[]; edges: Edge[]; more: boolean };

export type Spot = Node & { x: number; y: number };

/** More names than this on a picture cannot be read. */
const most = 30;

/** Places on two rings round the record; those of the second ring stand beside whom they belong to. */
export function places({ nodes, edges }: Web): Spot[] {
  const [centre, ...rest] = nodes.slice(0, most);
  if (!centre) return [];
  const near = rest.filter((n) => n.step === 1);
  const angles = new Map(near.map((n, i) => [n.id, (2 * Math.PI * i) / near.length - Math.PI / 2]));
  const spots: Spot[] = [{ ...centre, x: 0, y: 0 }];
  for (const n of near) spots.push(at(n, angles.get(n.id) ?? 0, 88));
  const fan = new Map<string, number>();
  for (const n of rest.filter((r) => r.step === 2)) {
    const edge = edges.find((e) => (e.from === n.id && angles.has(e.to)) || (e.to === n.id && angles.has(e.from)));
    const parent = edge ? (edge.from === n.id ? edge.to : edge.from) : '';
    const nth = fan.get(parent) ?? 0;
    fan.set(parent, nth + 1);
    const aside = (nth % 2 === 0 ? 1 : -1) * Math.ceil(nth / 2) * 0.6;
    spots.push(at(n, (angles.get(parent) ?? 0) + aside, 165));
  }
  return spots;
}

const at = (node: Node, angle: number, radius: number): Spot => ({
  ...node,
  x: Math.round(Math.cos(angle) * radius),
  y: Math.round(Math.sin(angle) * radius),
});
