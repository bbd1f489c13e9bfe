import { Alert, Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { explain } from '../explain';
import styles from './BulkBar.module.css';
import type { useBulk } from './useBulk';

type Props = { bulk: ReturnType<typeof useBulk>; ready: boolean; action: string; onDone: () => void };

/** Below a bulk change: what would happen, how far it is, what was left alone and why. */
export function BulkFoot({ bulk, ready, action, onDone }: Props) {
  const { t } = useTranslation();
  const { tried, outcome, progress, busy, fault } = bulk;
  const told = outcome ?? tried;
  const left = told ? told.failed.length + told.moreFailed : 0;
  return (
    <div className={styles.foot}>
      <div aria-live="polite" className={styles.told}>
        {progress ? (
          <>
            <Progress
              value={(100 * progress.done) / Math.max(1, progress.total)}
              aria-label={t('view:page.bulk.progress')}
            />
            <p>{t('view:page.bulk.far', { done: number(progress.done), total: number(progress.total) })}</p>
          </>
        ) : (
          told && (
            <p>
              {[
                t(outcome ? 'view:page.bulk.done' : 'view:page.bulk.would', {
                  count: told.changed,
                  number: number(told.changed),
                }),
                told.unchanged > 0 &&
                  t('view:page.bulk.same', { count: told.unchanged, number: number(told.unchanged) }),
                left > 0 && t('view:page.bulk.left', { count: left, number: number(left) }),
              ]
                .filter(Boolean)
                .join(' ')}
            </p>
          )
        )}
        {told && left > 0 && (
          <ul className={styles.failed}>
            {told.failed.slice(0, 20).map((f) => (
              <li key={f.id}>
                <strong>{f.title || f.id}</strong> {f.message}
              </li>
            ))}
          </ul>
        )}
      </div>
      {Boolean(fault) && (
        <Alert color="red" variant="light" role="alert" className={styles.fault}>
          {explain(fault)}
        </Alert>
      )}
      <div className={styles.actions}>
        {outcome ? (
          <Button onClick={onDone} data-autofocus>
            {t('action.close')}
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={busy ? bulk.cancel : onDone} disabled={busy && !progress}>
              {t(busy ? 'view:page.bulk.stop' : 'action.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={!ready || tried?.changed === 0}>
              {action}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
