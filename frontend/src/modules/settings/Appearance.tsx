import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './settings.module.css';

export function Appearance() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <section className={styles.section}>
      <h2>{t('scheme.label')}</h2>
      <SegmentedControl
        aria-label={t('scheme.label')}
        value={colorScheme}
        onChange={(next) => setColorScheme(next as typeof colorScheme)}
        data={(['light', 'dark', 'auto'] as const).map((id) => ({ value: id, label: t(`scheme.${id}`) }))}
      />
      <p className={styles.hint}>{t('settings:appearance.hint')}</p>
    </section>
  );
}
