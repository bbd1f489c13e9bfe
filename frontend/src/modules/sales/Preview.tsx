import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PdfView } from '@/ui/paper/PdfView';
import { type Draft, documentOf } from './document';
import { LetterheadHint } from './LetterheadHint';
import styles from './preview.module.css';
import { faultsIn, previewPaper } from './requests';

const pause = 600;

/** The paper of a draft, drawn again a moment after each change. While a field is wrong, the last good one stays. */
export function Preview({ draft, title }: { draft: Draft; title: string }) {
  const { t } = useTranslation();
  const [bytes, setBytes] = useState<ArrayBuffer>();
  const [error, setError] = useState<unknown>();
  const [stale, setStale] = useState(true);
  const first = useRef(true);
  const asked = JSON.stringify(documentOf(draft).json);

  useEffect(() => {
    const stop = new AbortController();
    setStale(true);
    const timer = setTimeout(
      async () => {
        try {
          setBytes(await previewPaper(JSON.parse(asked), stop.signal));
          setError(undefined);
          setStale(false);
        } catch (reason) {
          if (!stop.signal.aborted) setError(faultsIn(reason).length > 0 ? undefined : reason);
        }
      },
      first.current ? 0 : pause,
    );
    first.current = false;
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked]);

  return (
    <div className={styles.with}>
      <LetterheadHint />
      <PdfView bytes={bytes} error={error} stale={stale} label={t('sales:page.paper.label', { title })} />
    </div>
  );
}
