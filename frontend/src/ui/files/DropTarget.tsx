import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { givenFile } from '@/api/given';
import type { Row } from '@/api/types';
import { useCommands } from '@/lib/commands';
import { titleOf } from '@/lib/words';
import { ClipIcon } from '../icons';
import { DropVeil } from './DropVeil';
import { pastedName } from './incoming';
import { useAddFiles } from './useAddFiles';
import { useChooseFile } from './useChooseFile';
import { busyElsewhere, useFileDrop } from './useFileDrop';

/** Makes the whole page a place to drop files on, and takes pictures and files from the clipboard. */
export function DropTarget({ record }: { record: Row }) {
  const { t } = useTranslation();
  const add = useAddFiles(record);
  const choose = useChooseFile(record);
  const over = useFileDrop(add);
  useCommands([
    {
      id: 'record.file',
      title: 'files:page.add',
      group: 'page',
      shortcut: 'u',
      icon: ClipIcon,
      offered: () => ['record'],
      run: () => void choose(),
    },
  ]);

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      // Text that brings a picture of itself along, as from a spreadsheet, is meant as text.
      if (!data || data.files.length === 0 || data.types.includes('text/plain') || busyElsewhere()) return;
      event.preventDefault();
      const now = new Date();
      const files = [...data.files].map((file) => givenFile(file, pastedName(file, t('files:page.picture'), now)));
      void add({ files, folders: [] });
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [add, t]);

  return over ? (
    <DropVeil text={t('files:page.drop', { title: titleOf(record) })} hint={t('files:page.dropHint')} />
  ) : null;
}
