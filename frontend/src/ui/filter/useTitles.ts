import { useQueries } from '@tanstack/react-query';
import { recordQuery } from '@/api/queries';
import type { Field, Links } from '@/api/types';
import type { Literal } from '@/lib/filter';

const id = /^[0-9A-HJKMNP-TV-Z]{13}$/;

/** What linked records are called that a filter names by id: the rows tell it of those they show, the rest is asked for. */
export function useTitles(field: Field | undefined, values: Literal[], links: Links): Record<string, string> {
  const ids = field?.type === 'link' ? values.filter((v) => !v.bare && id.test(v.text)).map((v) => v.text) : [];
  const unknown = ids.filter((v) => !links[v]).slice(0, 20);
  const asked = unknown.flatMap((one) => (field?.targets ?? []).map((kind) => ({ kind, one })));
  const found = useQueries({
    queries: asked.map(({ kind, one }) => ({ ...recordQuery(kind, one), retry: false, staleTime: 60_000 })),
  });
  const titles: Record<string, string> = {};
  for (const one of ids) if (links[one]) titles[one] = links[one].title;
  asked.forEach(({ one }, i) => {
    const record = found[i]?.data?.record;
    if (record) titles[one] = record.label;
  });
  return titles;
}
