import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import type { Row } from '@/api/types';
import { reportFault } from '../undo';
import { useAddFiles } from './useAddFiles';

/** Lets the user choose a file and keeps it beside a record, as a version of a name where one is given. */
export function useChooseFile(record: Row) {
  const { t } = useTranslation();
  const add = useAddFiles(record);
  return useCallback(
    async (as?: string): Promise<void> => {
      try {
        const file = await platform().openFile({ title: t('files:page.choose'), types: [] });
        if (!file) return;
        await add([{ name: as ?? file.name, size: file.bytes.byteLength, bytes: async () => file.bytes }]);
      } catch (error) {
        reportFault(error);
      }
    },
    [add, t],
  );
}
