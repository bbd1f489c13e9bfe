import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/ui/States';
import { MailFrame } from './MailFrame';
import { PlainText } from './PlainText';
import styles from './reader.module.css';
import { type Letter, pageQuery, textQuery } from './requests';

/** The mail as its sender laid it out, or its plain text. */
export function Content({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  const { id } = letter.record;
  const [remote, setRemote] = useState(false);
  const [asText, setAsText] = useState(false);
  const closed = useQuery(pageQuery(id, false));
  const opened = useQuery({ ...pageQuery(id, true), enabled: remote });
  const page = (remote && opened.data) || closed.data;
  const laidOut = Boolean(page?.html.trim()) && !asText;
  const text = useQuery({ ...textQuery(id), enabled: closed.isSuccess && !laidOut });

  if (closed.error && !closed.data) {
    return <ErrorState error={closed.error} retry={() => void closed.refetch()} />;
  }
  if (!page) return <Skeleton height={160} />;
  const held = page.blocked.length;
  return (
    <div className={styles.content}>
      {laidOut && held > 0 && (
        <div className={styles.held} role="status">
          <span>
            {opened.error
              ? t('mail:page.pictures.failed')
              : t(remote && opened.data ? 'mail:page.pictures.missing' : 'mail:page.pictures.held', { count: held })}
          </span>
          {!(remote && opened.data) && (
            <Button
              size="xs"
              variant="default"
              loading={opened.isFetching}
              onClick={() => (remote ? void opened.refetch() : setRemote(true))}
            >
              {t('mail:page.pictures.load')}
            </Button>
          )}
        </div>
      )}
      {laidOut ? (
        <MailFrame html={page.html} title={t('mail:page.frame')} />
      ) : text.error && text.data === undefined ? (
        <ErrorState error={text.error} retry={() => void text.refetch()} />
      ) : text.data === undefined ? (
        <Skeleton height={120} />
      ) : (
        <PlainText text={text.data} />
      )}
      {page.html.trim() !== '' && (
        <button type="button" className={styles.switch} onClick={() => setAsText((old) => !old)}>
          {t(asText ? 'mail:page.asPage' : 'mail:page.asText')}
        </button>
      )}
    </div>
  );
}
