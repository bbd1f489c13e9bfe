import { useTranslation } from 'react-i18next';
import type { PresenterProps } from '@/lib/modules';
import { optionLabel } from '@/lib/words';
import styles from './entry.module.css';

const call = { name: 'call', module: 'activities' };

export function CallBody({ entry }: PresenterProps) {
  const { t } = useTranslation();
  const row = entry.record;
  if (!row) return null;
  const option = (key: string) => (row[key] ? optionLabel(call, { key }, String(row[key])) : '');
  const minutes = Number(row.minutes ?? 0);
  const facts = [
    option('outcome'),
    option('direction'),
    minutes > 0 && t('activities:page.call.minutes', { count: minutes }),
  ];
  return (
    <div className={styles.body}>
      <p className={styles.facts}>{facts.filter(Boolean).join(' · ')}</p>
      {row.text && <p className={styles.text}>{String(row.text)}</p>}
    </div>
  );
}
