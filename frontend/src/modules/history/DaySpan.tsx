import { useTranslation } from 'react-i18next';
import { DayInput } from '@/ui/fields/DayInput';
import styles from './history.module.css';

type Props = {
  since: string | undefined;
  until: string | undefined;
  onChange: (span: { since?: string | undefined; until?: string | undefined }) => void;
};

/** A span of days, open at either end. A last day before the first one moves it along. */
export function DaySpan({ since, until, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.day}>
        <DayInput
          aria-label={t('history:filter.since')}
          placeholder={t('history:filter.since')}
          value={since ?? null}
          onChange={(next) =>
            onChange({ since: next ?? undefined, until: next && until && until < next ? next : until })
          }
        />
      </div>
      <div className={styles.day}>
        <DayInput
          aria-label={t('history:filter.until')}
          placeholder={t('history:filter.until')}
          value={until ?? null}
          onChange={(next) =>
            onChange({ until: next ?? undefined, since: next && since && since > next ? next : since })
          }
        />
      </div>
    </>
  );
}
