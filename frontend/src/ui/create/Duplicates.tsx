import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { searchQuery } from '@/api/queries';
import type { Hit, Kind } from '@/api/types';
import { createDialog } from '@/lib/dialogs';
import { href, recordPath } from '@/lib/nav';
import styles from './CreateForm.module.css';

/** A name of fewer letters finds half the book. */
const enough = 3;

/** Says which records with this name or e-mail are there already, while it is typed. It never stands in the way. */
export function Duplicates({ kind, name, email }: { kind: Kind; name: string; email: string }) {
  const { t } = useTranslation();
  const [typedName] = useDebouncedValue(name.trim(), 250);
  const [typedEmail] = useDebouncedValue(email.trim(), 250);
  const byName = useQuery({
    ...searchQuery(typedName, kind.name, 3),
    enabled: typedName.length >= enough,
    placeholderData: keepPreviousData,
  });
  const byEmail = useQuery({ ...searchQuery(typedEmail, kind.name, 3), enabled: typedEmail.includes('@') });
  const hits = new Map<string, Hit>();
  if (typedEmail.includes('@')) for (const hit of byEmail.data ?? []) hits.set(hit.id, hit);
  if (typedName.length >= enough) for (const hit of byName.data ?? []) hits.set(hit.id, hit);
  if (hits.size === 0) return null;
  return (
    <div className={styles.known} role="status">
      {t('create.known')}{' '}
      {[...hits.values()].slice(0, 3).map((hit, i) => (
        <Fragment key={hit.id}>
          {i > 0 && ', '}
          <a href={href(recordPath(hit.kind, hit.id))} onClick={() => createDialog.set(null)}>
            {hit.title}
          </a>
          {hit.subtitle && ` (${hit.subtitle})`}
        </Fragment>
      ))}
    </div>
  );
}
