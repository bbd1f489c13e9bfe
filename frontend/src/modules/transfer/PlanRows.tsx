import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { href, recordPath } from '@/lib/nav';
import { fieldLabel } from '@/lib/words';
import { Badge } from '@/ui/Badge';
import type { Action, PlanRow } from './requests';
import styles from './transfer.module.css';

const tones: Record<Action, string> = {
  created: 'teal',
  updated: 'blue',
  unchanged: 'gray',
  skipped: 'gray',
  failed: 'orange',
};

/** Rows of the file with what would become of each, and of which record. */
export function PlanRows({ rows }: { rows: PlanRow[] }) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const fieldNames = (kind: string, fields: string[] = []) => {
    const known = kinds.find((k) => k.name === kind);
    return known ? fields.map((f) => fieldLabel(known, f)).join(', ') : fields.join(', ');
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys
    <section className={styles.scroll} tabIndex={0} aria-label={t('transfer:page.check.rows')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('transfer:page.row')}</th>
            <th scope="col">{t('transfer:page.check.becomes')}</th>
            <th scope="col">{t('transfer:page.check.record')}</th>
            <th scope="col">{t('transfer:page.check.fields')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <td className={styles.rowNumber}>{row.row}</td>
              <td className={styles.narrow}>
                <Badge tone={tones[row.action]}>{t(`transfer:page.plan.${row.action}`)}</Badge>
              </td>
              <td className={styles.record}>
                {row.records.map((r, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: records of one row have no id before they are made
                  <div key={i}>{r.id ? <a href={href(recordPath(r.kind, r.id))}>{r.title || r.id}</a> : r.title}</div>
                ))}
              </td>
              <td className={styles.clip}>
                {row.records.map((r, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <div key={i}>{r.action === 'updated' ? fieldNames(r.kind, r.fields) : ''}</div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
