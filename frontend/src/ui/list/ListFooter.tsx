import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import styles from './RecordList.module.css';
import type { Rows } from './useRows';

/** Rows that open at once cannot be looked at before. */
type Props = { rows: Rows; one: string; many: string; atOnce: boolean; children?: ReactNode };

/** How many there are, what they come to, and the keys. */
export function ListFooter({ rows, one, many, atOnce, children }: Props) {
  const { t } = useTranslation();
  const count = `${number(rows.total)}${rows.capped ? '+' : ''}`;
  return (
    <footer className={styles.footer}>
      <strong aria-live="polite">
        {rows.error
          ? ''
          : rows.counted
            ? t('list.count', { number: count, names: rows.total === 1 ? one : many })
            : t('list.counting')}
      </strong>
      {children}
      {rows.total > 0 && <span className={styles.hints}>{t(atOnce ? 'list.hintsAtOnce' : 'list.hints')}</span>}
    </footer>
  );
}
