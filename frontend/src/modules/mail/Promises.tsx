import { useTranslation } from 'react-i18next';
import { CheckIcon } from '@/ui/icons';
import styles from './accounts.module.css';

/** What Kontor does with a mailbox, and what it never does. */
export function Promises() {
  const { t } = useTranslation();
  return (
    <ul className={styles.promises}>
      {['read', 'known', 'password', 'pictures'].map((what) => (
        <li key={what}>
          <CheckIcon size={15} stroke={2} />
          <span>{t(`mail:page.promise.${what}`)}</span>
        </li>
      ))}
    </ul>
  );
}
