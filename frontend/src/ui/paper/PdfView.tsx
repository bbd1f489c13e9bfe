import { ActionIcon, Skeleton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../explain';
import { ChevronLeftIcon, ChevronRightIcon, ZoomInIcon, ZoomOutIcon } from '../icons';
import styles from './paper.module.css';
import { drawPage, openPaper, type Paper } from './pdf';

type Props = { bytes: ArrayBuffer | undefined; error?: unknown; stale?: boolean; label: string };

const zooms = [1, 1.25, 1.5, 2, 3];
const margin = 36;

/** A paper page by page, as wide as its place. A newer paper takes the place of the old one without a flicker. */
export function PdfView({ bytes, error, stale, label }: Props) {
  const { t } = useTranslation();
  const [paper, setPaper] = useState<Paper>();
  const [failed, setFailed] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(0);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width } = useElementSize();
  const pages = paper?.numPages ?? 0;
  const shown = Math.min(page, Math.max(pages, 1));

  useEffect(() => {
    if (!bytes) return;
    let gone = false;
    openPaper(bytes).then(
      (next) => {
        if (gone) return void next.loadingTask.destroy();
        setFailed(false);
        setPaper((old) => {
          void old?.loadingTask.destroy();
          return next;
        });
      },
      () => !gone && setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [bytes]);

  const last = useRef<Paper>(undefined);
  last.current = paper;
  useEffect(() => () => void last.current?.loadingTask.destroy(), []);

  const sheet = Math.floor(Math.max(width - margin, 120) * (zooms[zoom] ?? 1));
  useEffect(() => {
    if (!paper || width === 0) return;
    let gone = false;
    void paper
      .getPage(shown)
      .then((found) => (gone || !canvas.current ? undefined : drawPage(found, canvas.current, sheet)))
      .then(() => !gone && setDrawn(true))
      // A paper that was replaced while it was drawn is no failure.
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [paper, shown, sheet, width]);

  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('paper.previous')}
          disabled={shown <= 1}
          onClick={() => setPage(shown - 1)}
        >
          <ChevronLeftIcon size={16} />
        </ActionIcon>
        <span className={styles.pages} aria-live="polite">
          {pages > 0 && t('paper.page', { page: shown, pages })}
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('paper.next')}
          disabled={shown >= pages}
          onClick={() => setPage(shown + 1)}
        >
          <ChevronRightIcon size={16} />
        </ActionIcon>
        <span className={styles.gap} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('paper.smaller')}
          disabled={zoom === 0}
          onClick={() => setZoom(zoom - 1)}
        >
          <ZoomOutIcon size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('paper.larger')}
          disabled={zoom === zooms.length - 1}
          onClick={() => setZoom(zoom + 1)}
        >
          <ZoomInIcon size={16} />
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a zoomed paper is scrolled by keys */}
      <section ref={ref} className={styles.desk} aria-label={label} tabIndex={0}>
        {(error || failed) && !paper ? (
          <p className={styles.fault}>{error ? explain(error) : t('paper.failed')}</p>
        ) : (
          <>
            {!drawn && <Skeleton width={sheet} height={Math.floor(sheet * Math.SQRT2)} radius={2} />}
            <canvas
              ref={canvas}
              role="img"
              aria-label={t('paper.image', { page: shown, pages })}
              className={styles.sheet}
              data-stale={stale || undefined}
              hidden={!drawn}
            />
          </>
        )}
      </section>
    </div>
  );
}
