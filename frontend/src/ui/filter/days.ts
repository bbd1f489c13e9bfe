import { locale } from '@/lib/format';

/** A day as it is seen from today: today, today-7d, today+1m. */
export type Unit = 'd' | 'w' | 'm' | 'y';
export type Relative = { count: number; unit: Unit };

export const units: Unit[] = ['d', 'w', 'm', 'y'];
const names = { d: 'day', w: 'week', m: 'month', y: 'year' } as const;

export function readRelative(text: string): Relative | undefined {
  const hit = /^today(?:([+-]\d{1,5})([dwmy]))?$/i.exec(text);
  if (!hit) return undefined;
  return { count: Number(hit[1] ?? 0), unit: (hit[2]?.toLowerCase() ?? 'd') as Unit };
}

export const writeRelative = ({ count, unit }: Relative): string =>
  count === 0 ? 'today' : `today${count > 0 ? '+' : ''}${count}${unit}`;

/** In words: 7 days ago, today, in 2 weeks. */
export function relativeText({ count, unit }: Relative): string {
  return new Intl.RelativeTimeFormat(locale(), { numeric: count === 0 ? 'auto' : 'always' }).format(count, names[unit]);
}
