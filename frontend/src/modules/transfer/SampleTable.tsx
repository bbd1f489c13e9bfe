import { useTranslation } from 'react-i18next';
import type { Session } from './requests';
import styles from './transfer.module.css';

const shown = 8;

/** The first rows as they stand in the file. */
export function SampleTable({ session }: { session: Session }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys
    <section className={styles.scroll} aria-label={t('transfer:page.sheet.preview')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('transfer:page.row')}</th>
            {session.mapping.map((m) => (
              <th key={m.column} scope="col">
                {m.column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {session.samples.slice(0, shown).map((sample) => (
            <tr key={sample.row}>
              <td className={styles.rowNumber}>{sample.row}</td>
              {session.mapping.map((m, i) => (
                <td key={m.column} className={styles.clip}>
                  {sample.cells[i]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
