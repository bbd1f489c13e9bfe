import { Skeleton } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PresenterProps } from '@/lib/modules';
import { ChevronDownIcon, ChevronRightIcon, FileIcon } from '@/ui/icons';
import styles from './entry.module.css';
import { subjectOf } from './people';

/** Nobody who only looks through a timeline waits for the reader and its sanitiser. */
const Reader = lazy(() => import('./Reader').then((m) => ({ default: m.Reader })));

/** A mail in a timeline: what it is about and how it begins; opened, the whole of it in place. */
export function MailEntry({ entry, owner }: PresenterProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const head = useRef<HTMLButtonElement>(null);
  const row = entry.record;
  if (!row) return null;
  const files = Number(row.attachments ?? 0);
  const preview = String(row.preview ?? '');
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what the button within has opened
    <div
      className={styles.entry}
      onKeyDown={(event) => {
        // A dialog of the mail stands elsewhere in the page, and Esc closes only that.
        const within = event.currentTarget.contains(event.target as Node);
        if (event.key !== 'Escape' || event.defaultPrevented || !open || !within) return;
        event.preventDefault();
        setOpen(false);
        head.current?.focus();
      }}
    >
      <button
        ref={head}
        type="button"
        className={styles.subject}
        aria-expanded={open}
        onClick={() => setOpen((old) => !old)}
      >
        <Chevron size={14} stroke={1.8} />
        <bdi>{subjectOf(row) || t('mail:page.noSubject')}</bdi>
        {files > 0 && (
          <span className={styles.files}>
            <FileIcon size={13} stroke={1.8} />
            <span className="k-hidden">{t('mail:page.files.count', { count: files })}</span>
            <span aria-hidden="true">{files}</span>
          </span>
        )}
      </button>
      {!open && preview && <p className={styles.preview}>{preview}</p>}
      {open && (
        <Suspense fallback={<Skeleton height={120} mt={10} />}>
          <Reader id={row.id} owner={owner} />
        </Suspense>
      )}
    </div>
  );
}
