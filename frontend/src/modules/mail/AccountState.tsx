import { Loader, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ago, moment, number } from '@/lib/format';
import { CheckIcon, WarnIcon } from '@/ui/icons';
import styles from './accounts.module.css';
import type { Standing } from './useStatus';

/** Whether a mailbox is being read, when it was read last, or why it could not be. */
export function AccountState({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  const { running, starting, progress, error, syncedAt } = standing;
  if (running || starting) {
    const total = progress?.total ?? 0;
    return (
      <div className={styles.state} role="status">
        <Loader size={15} />
        <span>
          {total > 0
            ? t('mail:page.state.reading', {
                folder: progress?.folder,
                done: number(progress?.done ?? 0),
                total: number(total),
              })
            : t('mail:page.state.signingIn')}
        </span>
        {total > 0 && (
          <Progress
            className={styles.progress}
            aria-label={t('mail:page.state.progress')}
            value={Math.min(100, ((progress?.done ?? 0) / total) * 100)}
          />
        )}
      </div>
    );
  }
  const when = syncedAt ? t('mail:page.state.synced', { when: ago(syncedAt) }) : t('mail:page.state.never');
  return (
    <div className={styles.state} data-bad={error ? true : undefined} role={error ? 'alert' : 'status'}>
      {error ? <WarnIcon size={16} stroke={1.8} /> : <CheckIcon size={16} stroke={1.8} />}
      <span>
        {error && <strong>{error}</strong>} <span title={syncedAt ? moment(syncedAt) : undefined}>{when}</span>
      </span>
    </div>
  );
}
