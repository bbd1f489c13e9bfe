import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import type { Row } from '@/api/types';
import { reportFault } from '../undo';
import { useAddFiles } from './useAddFiles';

/** Lets the user choose files and keeps them beside a record; one file, as a version of a name, where that is given. */
export function useChooseFile(record: Row) {
  const { t } = useTranslation();
  const add = useAddFiles(record);
  return useCallback(
    async (as?: string): Promise<void> => {
      try {
        if (as === undefined) {
          const files = await platform().openFiles({ title: t('files:page.choose'), types: [] });
          if (files.length > 0) await add({ files, folders: [] });
          return;
        }
        const file = await platform().openFile({ title: t('files:page.choose'), types: [] });
        if (!file) return;
        const version = { name: as, size: file.bytes.byteLength, bytes: async () => file.bytes };
        await add({ files: [version], folders: [] });
      } catch (error) {
        reportFault(error);
      }
    },
    [add, t],
  );
}
