import { useTranslation } from 'react-i18next';
import { useKind, useSession } from '@/api/house';
import type { Change, Field, Kind, Links } from '@/api/types';
import { fieldLabel, hiddenKind } from '@/lib/words';
import { fieldText } from '@/ui/fields/fieldText';
import { plainOf } from '@/ui/markup/words';
import styles from './history.module.css';

/** A list and its first row's fields change together, an amount and its currency: the list and the amount say it all. */
function told(change: Change, kind: Kind): Change['fields'] {
  const keys = new Set(change.fields.map((f) => f.key));
  const within = new Set(
    kind.fields
      .filter((f) => f.mirror && keys.has(f.mirror.split('.')[0] ?? ''))
      .map((f) => f.key)
      .concat(kind.fields.filter((f) => f.currency && keys.has(f.key)).map((f) => f.currency ?? '')),
  );
  return change.fields.filter((f) => !within.has(f.key));
}

/** What a change did, field by field: label, before, after. */
export function ChangeFields({ change, links }: { change: Change; links: Links }) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const kind = useKind(change.kind) ?? hiddenKind(change.kind);
  const fields = told(change, kind).filter((f) => change.op !== 'create' || f.after !== null);
  if (fields.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {fields.map(({ key, before, after, currency: coin }) => {
        const field = kind.fields.find((f) => f.key === key) ?? ({ key, type: 'text' } as Field);
        // Where only marks have changed, they are what there is to see.
        const asWritten = field.marks && plainOf(String(before ?? '')) === plainOf(String(after ?? ''));
        const show = (value: typeof before) => {
          return fieldText(kind, asWritten ? { ...field, marks: false } : field, value, {
            links,
            currency: (value === before ? coin?.before : coin?.after) || currency,
          });
        };
        return (
          <div key={key}>
            <dt>{fieldLabel(kind, key)}</dt>
            <dd>
              {change.op !== 'create' && (
                <>
                  {show(before) ? <del>{show(before)}</del> : <span className={styles.empty}>{t('value.empty')}</span>}
                  <span aria-hidden="true"> → </span>
                </>
              )}
              {show(after) ? <ins>{show(after)}</ins> : <span className={styles.empty}>{t('value.empty')}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
