import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { deleteRecord, refresh } from '@/api/queries';
import type { Kind, Row, Saved } from '@/api/types';
import { titleOf } from '@/lib/words';
import { reportChange, reportFault } from '../undo';
import { patchRecord } from './useSave';

/** Moves a record to the bin and reports it with the way back. Tells whether it went. */
export function useDelete() {
  const client = useQueryClient();
  const { t } = useTranslation();
  return useCallback(
    async (kind: Kind, record: Row): Promise<boolean> => {
      const remove = async (): Promise<Saved> => {
        try {
          return await deleteRecord(kind.name, record.id, record.version);
        } catch (error) {
          // Whoever deletes means the record, whatever was changed in it meanwhile.
          const current = error instanceof ApiError && error.code === 'stale' ? error.current : undefined;
          if (!current) throw error;
          return deleteRecord(kind.name, record.id, current.version);
        }
      };
      try {
        const saved = await remove();
        if (saved.record) patchRecord(client, saved.record, saved.links);
        refresh(client, [{ kind: kind.name, id: record.id }]);
        reportChange(t('record.deleted', { title: titleOf(record) }), saved.batch);
        return true;
      } catch (error) {
        reportFault(error);
        return false;
      }
    },
    [client, t],
  );
}
