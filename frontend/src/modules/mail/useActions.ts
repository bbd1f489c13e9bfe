import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError, call } from '@/api/client';
import { useKind } from '@/api/house';
import { platform } from '@/api/platform';
import { changeRecord, refresh } from '@/api/queries';
import type { Detail, Row } from '@/api/types';
import { useDelete } from '@/ui/record/useDelete';
import { reportChange, reportFault } from '@/ui/undo';
import { fileNameOf } from './files';
import { subjectOf } from './people';
import { sourceOf } from './requests';

/** What the menu and the keys do with a mail. */
export function useActions(row: Row) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const kind = useKind('mail');
  const toBin = useDelete();
  const title = subjectOf(row) || t('mail:page.noSubject');

  const setPrivate = async (hidden: boolean) => {
    try {
      const values = { private: hidden };
      const saved = await changeRecord('mail', row.id, row.version, values).catch(async (error) => {
        // Whoever hides a mail means the mail, whatever a sync has added to it meanwhile.
        if (!(error instanceof ApiError && error.code === 'stale')) throw error;
        const { record } = await call<Detail>(`/records/mail/${row.id}`);
        return changeRecord('mail', row.id, record.version, values);
      });
      refresh(client, [{ kind: 'mail', id: row.id }]);
      reportChange(t(hidden ? 'mail:page.private.done' : 'mail:page.private.ended', { title }), saved.batch);
    } catch (error) {
      reportFault(error);
    }
  };
  const saveSource = async () => {
    try {
      await platform().saveFile(fileNameOf(title, 'eml'), await sourceOf(row.id));
    } catch (error) {
      reportFault(error);
    }
  };
  const remove = async () => (kind ? toBin(kind, row) : false);
  return { setPrivate, saveSource, remove };
}
