import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import styles from './folders.module.css';
import type { Folder } from './requests';

const always = ['server', 'linked', 'waiting', 'unlinked', 'skipped'] as const;
const seldom = ['quarantined', 'failed'] as const;
type Column = (typeof always | typeof seldom)[number];

/** What became of the mails of each folder. What is rare has its column only where it happened. */
export function FolderTable({ folders }: { folders: Folder[] }) {
  const { t } = useTranslation();
  const columns: Column[] = [...always, ...seldom.filter((c) => folders.some((f) => f[c] > 0))];
  const sum = (column: Column) => folders.reduce((all, f) => all + f[column], 0);
  const explained = columns.filter((c) => c !== 'server' && sum(c) > 0);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard */}
      <section className={styles.tableBox} aria-label={t('mail:page.folders.title')} tabIndex={0}>
        <table className={styles.folders}>
          <thead>
            <tr>
              <th scope="col">{t('mail:page.folders.name')}</th>
              {columns.map((c) => (
                <th key={c} scope="col">
                  {t(`mail:page.folders.${c}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {folders.map((folder) => (
              <Fragment key={folder.name}>
                <tr data-fault={folder.error ? true : undefined}>
                  <th scope="row">{folder.name}</th>
                  {columns.map((c) => (
                    <td key={c} data-none={folder[c] === 0 || undefined}>
                      {number(folder[c])}
                      {c === 'skipped' &&
                        Object.entries(folder.reasons).map(([reason, count]) => (
                          <small key={reason}>
                            {t(`mail:skipped.${reason}`, { defaultValue: reason })} {number(count)}
                          </small>
                        ))}
                    </td>
                  ))}
                </tr>
                {folder.error && (
                  <tr>
                    <td className={styles.folderFault} colSpan={columns.length + 1}>
                      {folder.error}
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
          {folders.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">{t('mail:page.folders.sum')}</th>
                {columns.map((c) => (
                  <td key={c}>{number(sum(c))}</td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      {explained.length > 0 && (
        <dl className={styles.legend}>
          {explained.map((c) => (
            <div key={c}>
              <dt>{t(`mail:page.folders.${c}`)}:</dt>
              <dd>{t(`mail:page.folders.meaning.${c}`)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
