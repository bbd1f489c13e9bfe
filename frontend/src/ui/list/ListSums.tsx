import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import type { components } from '@/api/schema';
import type { Field, Kind } from '@/api/types';
import { money, number } from '@/lib/format';
import { fieldLabel } from '@/lib/words';
import styles from './RecordList.module.css';
import type { Rows } from './useRows';

type Sum = components['schemas']['RecordSum'];
type Props = { kind: Kind; rows: Rows; where: string; columns: string[] };

/** Amounts and quantities add up; prices of one unit and rates, which have many digits, say nothing in sum. */
const addsUp = (field: Field) =>
  field.type === 'money' || (field.type === 'number' && !field.currency && (field.digits ?? 0) < 4);

/** What the shown columns come to, each currency by itself. Asked for beside the rows, and dropped with the filter. */
export function ListSums({ kind, rows, where, columns }: Props) {
  const { t } = useTranslation();
  const fields = kind.fields.filter((f) => columns.includes(f.key) && addsUp(f)).map((f) => f.key);
  const asked = fields.join();
  const found = useQuery({
    queryKey: ['count', kind.name, where, `sums:${asked}`],
    queryFn: async ({ signal }) =>
      (await call<{ sums: Sum[] }>(`/records/${kind.name}/sums`, { signal, params: { where, fields: asked } })).sums,
    enabled: asked !== '' && rows.counted && rows.total > 0,
    retry: false,
  });
  if (asked === '') return null;
  const shown = (sum: Sum) => (sum.currency ? money(sum.sum, sum.currency) : number(sum.sum));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow page the sums are scrolled, by keyboard, too
    <section className={styles.sums} tabIndex={0} aria-label={t('view:page.sums.label')}>
      {fields.map((field) => {
        const sums = (found.data ?? []).filter((sum) => sum.field === field);
        return (
          sums.length > 0 && (
            <span key={field}>
              {t('view:page.sums.of', { field: fieldLabel(kind, field) })}{' '}
              <strong>{sums.map(shown).join(' · ')}</strong>
            </span>
          )
        );
      })}
    </section>
  );
}
