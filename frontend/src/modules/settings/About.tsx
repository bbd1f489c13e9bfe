import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import { explain } from '@/ui/explain';
import styles from './settings.module.css';

export function About() {
  const { t } = useTranslation();
  const session = useSession();
  const [open, setOpen] = useState(false);
  // The build writes this file from the licences of the parts that are really in the pages.
  const licences = useQuery({
    queryKey: ['licences'],
    queryFn: async () => (await fetch('./licences.txt')).text(),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows: [string, string][] = [
    [t('settings:about.version'), session.version],
    [t('settings:about.workspace'), session.workspace],
    [t('settings:about.user'), session.user.name],
    [t('settings:about.door'), t(`settings:about.doors.${session.door}`)],
  ];
  return (
    <section className={styles.section}>
      <h2>Kontor</h2>
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.hint}>{t('settings:about.local')}</p>
      <Button variant="default" onClick={() => setOpen((old) => !old)} aria-expanded={open}>
        {t(open ? 'settings:about.hideLicences' : 'settings:about.licences')}
      </Button>
      {open && licences.error && <p className={styles.fault}>{explain(licences.error)}</p>}
      {open && licences.data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keys
        <section className={styles.licences} tabIndex={0} aria-label={t('settings:about.licences')}>
          {licences.data}
        </section>
      )}
    </section>
  );
}
