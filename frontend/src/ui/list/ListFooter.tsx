import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import styles from './RecordList.module.css';
import type { Rows } from './useRows';

export function ListFooter({ rows, one, many }: { rows: Rows; one: string; many: string }) {
  const { t } = useTranslation();
  const count = `${number(rows.total)}${rows.capped ? '+' : ''}`;
  return (
    <footer className={styles.footer}>
      <strong aria-live="polite">
        {rows.counted ? t('list.count', { number: count, names: rows.total === 1 ? one : many }) : t('list.counting')}
      </strong>
      <span>{t('list.hints')}</span>
    </footer>
  );
}
