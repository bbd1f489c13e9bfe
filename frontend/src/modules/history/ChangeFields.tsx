import { useTranslation } from 'react-i18next';
import { useKind, useSession } from '@/api/house';
import type { Change, Links } from '@/api/types';
import { fieldLabel, hiddenKind } from '@/lib/words';
import { fieldText } from '@/ui/fields/fieldText';
import styles from './history.module.css';

/** A list and its first row's fields change together: the list says it all. */
function told(change: Change, mirrors: Map<string, string>): Change['fields'] {
  const keys = new Set(change.fields.map((f) => f.key));
  return change.fields.filter((f) => !keys.has(mirrors.get(f.key)?.split('.')[0] ?? ''));
}

/** What a change did, field by field: label, before, after. */
export function ChangeFields({ change, links }: { change: Change; links: Links }) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const kind = useKind(change.kind) ?? hiddenKind(change.kind);
  const mirrors = new Map(kind.fields.filter((f) => f.mirror).map((f) => [f.key, f.mirror ?? '']));
  const fields = told(change, mirrors).filter((f) => change.op !== 'create' || f.after !== null);
  if (fields.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {fields.map(({ key, before, after }) => {
        const field = kind.fields.find((f) => f.key === key) ?? { key, type: 'text' as const };
        const show = (value: typeof before) => fieldText(kind, field, value, { links, currency });
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
