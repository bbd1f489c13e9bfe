import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import type { ListRow } from '@/api/types';
import { href, recordPath } from '@/lib/nav';
import { reportChange } from '@/ui/undo';
import { Ask } from './Ask';
import styles from './reader.module.css';
import { type Letter, letterQuery, unlinkMail } from './requests';

type Props = { letter: Letter; owner?: { kind: string; id: string } };

/** Why the mail stands where it stands, and the way to take it away from there. */
export function Why({ letter, owner }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState<{ id: string; title: string } | null>(null);
  const rows: ListRow[] = Array.isArray(letter.record.links) ? letter.record.links : [];
  const throughRole = owner?.kind === 'company' && !rows.some((row) => row.record === owner.id);
  return (
    <details className={styles.why}>
      <summary>{t('mail:page.why.title')}</summary>
      <ul>
        {rows.map((row) => {
          const id = String(row.record ?? '');
          const link = letter.links[id];
          const title = link?.title ?? t('mail:page.why.gone');
          return (
            <li key={id}>
              <span>{t(`mail:why.${row.reason}`, { title, address: row.address })}</span>
              {link && <a href={href(recordPath(link.kind, id))}>{t('mail:page.why.open', { title })}</a>}
              {!letter.record.deletedAt && (
                <button type="button" onClick={() => setAsking({ id, title })}>
                  {t('mail:page.why.unlink')}
                </button>
              )}
            </li>
          );
        })}
        {throughRole && rows.length > 0 && <li>{t('mail:page.why.role')}</li>}
        {rows.length === 0 && <li>{t('mail:page.why.none')}</li>}
      </ul>
      {asking && (
        <Ask
          title={t('mail:page.unlink.title', asking)}
          effects={[t('mail:page.unlink.leaves', asking), t('mail:page.unlink.stays'), t('mail:page.unlink.forGood')]}
          yes={t('mail:page.unlink.yes')}
          onClose={() => setAsking(null)}
          onYes={async () => {
            const changed = await unlinkMail(letter.record.id, asking.id);
            client.setQueryData(letterQuery(letter.record.id).queryKey, changed);
            reportChange(t('mail:page.unlink.done', asking), undefined);
            refresh(client, [{ kind: 'mail', id: letter.record.id }, ...(owner ? [owner] : [])]);
          }}
        />
      )}
    </details>
  );
}
