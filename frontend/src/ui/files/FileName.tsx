import { lazy, Suspense, useState } from 'react';
import type { Row } from '@/api/types';
import styles from './files.module.css';
import { nameOf } from './requests';

const FilePreview = lazy(async () => ({ default: (await import('./FilePreview')).FilePreview }));

/** The name of a file; it opens the file inside Kontor. */
export function FileName({ file, label }: { file: Row; label?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={styles.name} onClick={() => setOpen(true)}>
        <bdi>{label ?? nameOf(file)}</bdi>
      </button>
      {open && (
        <Suspense>
          <FilePreview file={file} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
