import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import { platform } from '@/api/platform';
import type { Kind } from '@/api/types';
import { editable } from '@/lib/format';
import { fieldLabel } from '@/lib/words';
import { reportChange, reportFault } from '../undo';
import styles from './RecordList.module.css';
import { type Sum, sumFields, sumText } from './sums';
import type { Rows } from './useRows';

type Props = { kind: Kind; rows: Rows; where: string; columns: string[] };

/** What the shown columns come to, each currency by itself. A click copies a sum as a plain number. */
export function ListSums({ kind, rows, where, columns }: Props) {
  const { t } = useTranslation();
  const asked = sumFields(kind, columns);
  const found = useQuery({
    queryKey: ['count', kind.name, where, `sums:${asked}`],
    queryFn: async ({ signal }) =>
      (await call<{ sums: Sum[] }>(`/records/${kind.name}/sums`, { signal, params: { where, fields: asked } })).sums,
    enabled: asked !== '' && rows.counted && rows.total > 0,
    retry: false,
  });
  const copy = async (sum: Sum) => {
    const text = editable(sum.sum);
    try {
      await platform().copy(text);
      reportChange(t('view:page.sums.copied', { number: text }), undefined);
    } catch (error) {
      reportFault(error);
    }
  };
  if (asked === '') return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow page the sums are scrolled, by keyboard, too
    <section className={styles.sums} tabIndex={0} aria-label={t('view:page.sums.label')}>
      {asked.split(',').map((field) => {
        const sums = (found.data ?? []).filter((sum) => sum.field === field);
        return (
          sums.length > 0 && (
            <span key={field}>
              {t('view:page.sums.of', { field: fieldLabel(kind, field) })}{' '}
              {sums.map((sum) => (
                <button
                  key={sum.currency ?? ''}
                  type="button"
                  className={styles.sum}
                  title={t('view:page.sums.copy')}
                  onClick={() => void copy(sum)}
                >
                  {sumText(sum)}
                </button>
              ))}
            </span>
          )
        );
      })}
    </section>
  );
}
