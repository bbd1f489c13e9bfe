import { Button, Modal, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { address } from '@/api/client';
import type { Row } from '@/api/types';
import { moment } from '@/lib/format';
import { DownloadIcon, FileIcon } from '../icons';
import { PdfView } from '../paper/PdfView';
import { EmptyState, ErrorState } from '../States';
import styles from './files.module.css';
import { contentOf, editionOf, nameOf, sizeOf, typeOf } from './requests';
import { decoded, shownAs } from './shown';
import { sizeText } from './size';
import { useSaveFile } from './useSaveFile';

/** A file as it looks: pictures, PDF and text inside Kontor; of all else what it is, and the way to save it. */
export function FilePreview({ file, onClose }: { file: Row; onClose: () => void }) {
  const { t } = useTranslation();
  const [busy, save] = useSaveFile(file);
  const phone = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
  const name = nameOf(file);
  return (
    <Modal
      opened
      onClose={onClose}
      title={<bdi className={styles.title}>{name}</bdi>}
      size={980}
      fullScreen={phone}
      classNames={{ body: styles.previewBody, content: styles.previewContent }}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={styles.previewBar}>
        <span>
          {sizeText(sizeOf(file))} · {moment(String(file.createdAt))}
          {editionOf(file) > 1 && ` · ${t('files:page.edition', { edition: editionOf(file) })}`}
        </span>
        <Button size="xs" variant="default" leftSection={<DownloadIcon size={14} />} loading={busy} onClick={save}>
          {t('files:page.save')}
        </Button>
      </div>
      <div className={styles.stage}>
        <Content key={file.id} file={file} />
      </div>
    </Modal>
  );
}

function Content({ file }: { file: Row }) {
  const { t } = useTranslation();
  const name = nameOf(file);
  const as = shownAs(typeOf(file), sizeOf(file));
  const [broken, setBroken] = useState(false);
  const wanted = as === 'pdf' || as === 'text';
  const content = useQuery({
    queryKey: ['content', file.id],
    queryFn: ({ signal }) => contentOf(file.id, signal),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    // Bytes of a file are large; nobody needs them once it is closed.
    gcTime: 0,
  });
  if (as === 'picture' && !broken) {
    return (
      <img
        className={styles.picture}
        src={address(`/files/${file.id}/content`)}
        alt={name}
        onError={() => setBroken(true)}
      />
    );
  }
  if (as === 'pdf') return <PdfView bytes={content.data} error={content.error ?? undefined} label={name} />;
  if (as === 'text') {
    if (content.error) return <ErrorState error={content.error} retry={() => void content.refetch()} />;
    if (!content.data) return <Skeleton height={200} w="auto" m={16} />;
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keys
      <section className={styles.words} aria-label={name} tabIndex={0}>
        <pre>{decoded(content.data)}</pre>
      </section>
    );
  }
  return (
    <EmptyState
      icon={<FileIcon size={30} stroke={1.4} />}
      title={t(broken ? 'files:page.broken' : 'files:page.noPreview')}
      text={t('files:page.noPreviewText')}
    />
  );
}
