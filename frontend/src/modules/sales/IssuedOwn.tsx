import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind, useSession } from '@/api/house';
import { recordQuery } from '@/api/queries';
import { fieldLabel } from '@/lib/words';
import { currencyOf } from '@/ui/fields/fieldText';
import { EditableField } from '@/ui/record/EditableField';
import { isEmpty, MissingFields } from '@/ui/record/MissingFields';
import styles from './own.module.css';
import { ownFields } from './ownFields';
import type { Stored } from './requests';

/** The house's own notes about an issued quotation: they are on no paper, so they still change. */
export function IssuedOwn({ stored }: { stored: Stored }) {
  const { t } = useTranslation();
  const kind = useKind('quotation');
  const { currency } = useSession();
  const [adding, setAdding] = useState('');
  const found = useQuery({
    ...recordQuery('quotation', stored.id),
    initialData: { record: stored.record, links: stored.links },
  });
  const { record, links } = found.data;
  const fields = kind ? ownFields(kind) : [];
  if (!kind || fields.length === 0) return null;
  const missing = fields.filter((f) => isEmpty(record[f.key]) && f.key !== adding);
  return (
    <section className={styles.own} aria-label={t('group.own')}>
      <header>
        <h3>{t('group.own')}</h3>
        <p>{t('sales:page.own.issued')}</p>
      </header>
      <div className={styles.facts}>
        {fields
          .filter((f) => !missing.includes(f))
          .map((field) => (
            <EditableField
              key={field.key}
              kind={kind}
              field={field}
              record={record}
              links={links}
              label={fieldLabel(kind, field.key)}
              currency={currencyOf(record, field, currency)}
              startOpen={field.key === adding}
              onClosed={() => setAdding('')}
            />
          ))}
      </div>
      {missing.length > 0 && <MissingFields kind={kind} fields={missing} onAdd={setAdding} />}
    </section>
  );
}
