import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { Pager } from './Pager';
import type { Problem } from './requests';
import styles from './transfer.module.css';

const size = 25;

/** What is wrong, cell by cell, with the row's number as Excel shows it. */
export function Problems({ title, problems, more = 0 }: { title: string; problems: Problem[]; more?: number }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(0);
  if (problems.length === 0) return null;
  const shown = problems.slice(page * size, (page + 1) * size);
  return (
    <section className={styles.block} aria-label={title}>
      <h3>
        {title} <small>{number(problems.length + more)}</small>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keys */}
      <section className={styles.scroll} tabIndex={0} aria-label={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('transfer:page.row')}</th>
              <th scope="col">{t('transfer:page.problem.column')}</th>
              <th scope="col">{t('transfer:page.problem.value')}</th>
              <th scope="col">{t('transfer:page.problem.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((p, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row may have several problems of one column
              <tr key={i}>
                <td className={styles.rowNumber}>{p.row || ''}</td>
                <td>{p.column}</td>
                <td className={styles.clip}>{p.value}</td>
                <td className={styles.sentence}>{p.problem}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Pager page={page} pages={Math.ceil(problems.length / size)} onPage={setPage} />
    </section>
  );
}
