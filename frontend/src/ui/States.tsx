import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from './explain';
import { WarnIcon } from './icons';
import styles from './States.module.css';

type EmptyProps = { icon: ReactNode; title: string; text: string; children?: ReactNode };

/** An empty page says what belongs here and offers the best next steps. */
export function EmptyState({ icon, title, text, children }: EmptyProps) {
  return (
    <div className={styles.state}>
      <div className={styles.icon}>{icon}</div>
      <h2>{title}</h2>
      <p>{text}</p>
      <div className={styles.steps}>{children}</div>
    </div>
  );
}

export function ErrorState({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.state} role="alert">
      <div className={styles.icon} data-bad>
        <WarnIcon size={24} stroke={1.6} />
      </div>
      <h2>{t('fault.loading')}</h2>
      <p>{explain(error)}</p>
      <div className={styles.steps}>
        <Button variant="default" onClick={retry}>
          {t('action.retry')}
        </Button>
      </div>
    </div>
  );
}
