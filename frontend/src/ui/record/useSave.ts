import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { keys } from '@/api/keys';
import { changeRecord } from '@/api/queries';
import type { Detail, Kind, Links, Page, Row, Values } from '@/api/types';
import { fieldLabel, titleOf } from '@/lib/words';
import { reportChange } from '../undo';
import { askStale } from './stale';

export const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Writes a record into every list and page that shows it, without asking the server again. */
export function patchRecord(client: QueryClient, row: Row, links: Links = {}): void {
  client.setQueriesData<Page>({ queryKey: ['rows', row.kind] }, (page) => {
    if (!page?.rows.some((r) => r.id === row.id)) return page;
    return {
      ...page,
      rows: page.rows.map((r) => (r.id === row.id ? { ...r, ...row } : r)),
      links: { ...page.links, ...links },
    };
  });
  client.setQueryData<Detail>(keys.record(row.kind, row.id), (old) =>
    old ? { record: { ...old.record, ...row }, links: { ...old.links, ...links } } : old,
  );
}

export type SaveOutcome = 'saved' | 'unchanged' | 'kept';

/**
 * Saves some fields of a record: shown at once, reported with the way back, rolled back when refused. When somebody
 * saved in between, changes to other fields are merged; the same field asks which version shall stand.
 */
export function useSave() {
  const client = useQueryClient();
  const { t } = useTranslation();
  return useCallback(
    async (kind: Kind, base: Row, values: Values, links: Links = {}): Promise<SaveOutcome> => {
      const changed = Object.fromEntries(Object.entries(values).filter(([key, value]) => !same(base[key], value)));
      if (Object.keys(changed).length === 0) return 'unchanged';
      patchRecord(client, { ...base, ...changed } as Row, links);
      let version = base.version;
      let wanted: Values = changed;
      for (;;) {
        try {
          const saved = await changeRecord(kind.name, base.id, version, wanted);
          patchRecord(client, saved.record, saved.links);
          if (saved.changed) {
            const field = Object.keys(wanted)[0] ?? '';
            reportChange(
              t('saved.field', { field: fieldLabel(kind, field), title: titleOf(saved.record) }),
              saved.batch,
            );
          }
          return 'saved';
        } catch (error) {
          const current = error instanceof ApiError && error.code === 'stale' ? error.current : undefined;
          patchRecord(client, current ?? base);
          if (!current) throw error;
          version = current.version;
          const disputed = Object.keys(wanted).filter(
            (k) => !same(base[k], current[k]) && !same(wanted[k], current[k]),
          );
          if (disputed.length === 0) continue;
          const chosen = await askStale({ kind, current, mine: wanted, links });
          if (!chosen) return 'kept';
          if (Object.keys(chosen).length === 0) return 'saved';
          wanted = chosen;
        }
      }
    },
    [client, t],
  );
}
