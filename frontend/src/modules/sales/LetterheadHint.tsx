import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '@/api/queries';
import { href } from '@/lib/nav';
import styles from './preview.module.css';

/** Says above the paper that nobody has said yet where it comes from. */
export function LetterheadHint() {
  const { t } = useTranslation();
  const values = useQuery(settingsQuery).data?.values;
  if (!values || values['seller.street'] || values['seller.city']) return null;
  return (
    <p className={styles.hint}>
      {t('sales:page.letterhead.missing')} <a href={href('/settings')}>{t('sales:page.letterhead.fill')}</a>
    </p>
  );
}
