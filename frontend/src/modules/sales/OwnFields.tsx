import { useTranslation } from 'react-i18next';
import { useKind, useSession } from '@/api/house';
import type { Field, Links, Value } from '@/api/types';
import { fieldLabel } from '@/lib/words';
import { FieldInput } from '@/ui/fields/FieldInput';
import { currencyOf } from '@/ui/fields/fieldText';
import type { Draft } from './document';
import type { Editing } from './Editing';
import styles from './own.module.css';
import { ownFields } from './ownFields';

type Props = {
  editing: Editing;
  draft: Draft;
  links: Links;
  onLinks: (links: Links) => void;
  faults: Record<string, string>;
};

/** What the house notes about a quotation in fields of its own. */
export function OwnFields({ editing, draft, links, onLinks, faults }: Props) {
  const { t } = useTranslation();
  const kind = useKind('quotation');
  const { currency } = useSession();
  const fields = kind ? ownFields(kind) : [];
  if (!kind || fields.length === 0) return null;

  const set = (field: Field, value: Value, found?: Links) => {
    if (found) onLinks(found);
    editing.change((old) => {
      const money = field.currency ? { [field.currency]: value ? currencyOf(old.own, field, currency) : null } : {};
      return { ...old, own: { ...old.own, [field.key]: value === '' ? null : value, ...money } };
    });
  };
  return (
    <section className={styles.own} aria-label={t('group.own')}>
      <header>
        <h3>{t('group.own')}</h3>
        <p>{t('sales:page.own.draft')}</p>
      </header>
      <div className={styles.fields}>
        {fields.map((field) => (
          <div key={field.key} data-wide={field.type === 'longtext' || undefined}>
            <FieldInput
              kind={kind}
              field={field}
              value={draft.own[field.key] ?? null}
              links={links}
              label={fieldLabel(kind, field.key)}
              error={faults[field.key]}
              currency={currencyOf(draft.own, field, currency)}
              onChange={(value, found) => set(field, value, found)}
            />
          </div>
        ))}
      </div>
    </section>
  );
}
