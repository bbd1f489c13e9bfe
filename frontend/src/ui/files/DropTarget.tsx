import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Row } from '@/api/types';
import { useCommands } from '@/lib/commands';
import { titleOf } from '@/lib/words';
import { ClipIcon, DropIcon } from '../icons';
import styles from './files.module.css';
import { holdsFiles, incoming, pastedName } from './incoming';
import { candidateOf, useAddFiles } from './useAddFiles';
import { useChooseFile } from './useChooseFile';

const busyElsewhere = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/** So long without a word of files over the page, they have left it. */
const quiet = 700;

/** Makes the whole page a place to drop files on, and takes pictures and files from the clipboard. */
export function DropTarget({ record }: { record: Row }) {
  const { t } = useTranslation();
  const add = useAddFiles(record);
  const choose = useChooseFile(record);
  const [over, setOver] = useState(false);
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
    // While files are held over the page it hears of them many times a second; leaving tells some browsers nothing.
    let gone: ReturnType<typeof setTimeout>;
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer || !holdsFiles(event.dataTransfer) || busyElsewhere()) return;
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
      clearTimeout(gone);
      gone = setTimeout(() => setOver(false), quiet);
    };
    const onDrop = (event: DragEvent) => {
      clearTimeout(gone);
      setOver(false);
      if (!event.dataTransfer || !holdsFiles(event.dataTransfer) || busyElsewhere()) return;
      event.preventDefault();
      const { files, folders } = incoming(event.dataTransfer);
      void add(
        files.map((file) => candidateOf(file)),
        folders,
      );
    };
    const onPaste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      // Text that brings a picture of itself along, as from a spreadsheet, is meant as text.
      if (!data || data.files.length === 0 || data.types.includes('text/plain') || busyElsewhere()) return;
      event.preventDefault();
      const now = new Date();
      void add([...data.files].map((file) => candidateOf(file, pastedName(file, t('files:page.picture'), now))));
    };
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      clearTimeout(gone);
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, [add, t]);

  if (!over) return null;
  return (
    <div className={styles.over} role="status">
      <div>
        <DropIcon size={40} stroke={1.4} />
        <strong>{t('files:page.drop', { title: titleOf(record) })}</strong>
        <span>{t('files:page.dropHint')}</span>
      </div>
    </div>
  );
}
