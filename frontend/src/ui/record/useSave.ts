import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { keys } from '@/api/keys';
import { changeRecord } from '@/api/queries';
import type { Detail, Kind, Links, Page, Row, Values } from '@/api/types';
import { fieldLabel, titleOf } from '@/lib/words';
import { reportChange } from '../undo';
import { same, sides } from './merge';
import { askStale, endStale } from './stale';

export { same } from './merge';

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
      // What is wanted was decided on looking at this version: a newer one may ask again, for what it has changed.
      let seen = base;
      let wanted: Values = changed;
      for (;;) {
        try {
          const saved = await changeRecord(kind.name, base.id, seen.version, wanted);
          endStale();
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
          patchRecord(client, current ?? seen);
          if (!current) {
            endStale();
            throw error;
          }
          if (sides(kind, seen, wanted, current).disputed.length > 0) {
            const chosen = await askStale({ kind, was: seen, mine: wanted, current, links });
            if (!chosen) return 'kept';
            wanted = chosen;
          }
          seen = current;
          if (Object.keys(wanted).every((k) => same(wanted[k], current[k]))) {
            endStale();
            return 'saved';
          }
        }
      }
    },
    [client, t],
  );
}
