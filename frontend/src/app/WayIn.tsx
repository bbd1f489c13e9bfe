import { useTranslation } from 'react-i18next';
import { KeyIcon } from '@/ui/icons';
import { PlainPage } from './PlainPage';
import styles from './WayIn.module.css';

export function WayIn({ refused }: { refused: boolean }) {
  const { t } = useTranslation();
  return (
    <PlainPage
      icon={<KeyIcon size={26} stroke={1.6} />}
      title={t(refused ? 'wayIn.usedTitle' : 'wayIn.title')}
      text={t(refused ? 'wayIn.usedText' : 'wayIn.text')}
    >
      <ol className={styles.steps}>
        <li>{t('wayIn.stepTerminal')}</li>
        <li>
          {t('wayIn.stepCommand')} <code>kontor serve</code>
        </li>
        <li>{t('wayIn.stepLink')}</li>
      </ol>
      <p className={styles.note}>{t('wayIn.why')}</p>
    </PlainPage>
  );
}
