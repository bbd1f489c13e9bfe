import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import type { Kind, Value, Values } from '@/api/types';
import { fieldLabel } from '@/lib/words';
import { Duplicates } from '@/ui/create/Duplicates';
import { explain } from '@/ui/explain';
import { FieldInput } from '@/ui/fields/FieldInput';
import styles from './paste.module.css';
import type { Finding } from './proposal';

type Props = {
  kind: Kind;
  values: Values;
  findings: Finding[];
  wanted: boolean;
  fault?: unknown;
  onWanted: (on: boolean) => void;
  onChange: (key: string, value: Value) => void;
};

const first = (value: Value) => (Array.isArray(value) ? String(value[0]?.value ?? '') : '');

/** One record as it was read: every value can be changed, and says which line it comes from. */
export function PastedCard({ kind, values, findings, wanted, fault, onWanted, onChange }: Props) {
  const { t } = useTranslation();
  const fields = kind.fields.filter((f) => f.key in values);
  const at = (key: string) => (fault instanceof ApiError ? fault.at(key) : undefined);
  const general = fault && !fields.some((f) => at(f.key)) ? explain(fault) : '';
  const name = String(values.name ?? [values.firstName, values.lastName].filter(Boolean).join(' '));
  return (
    <section className={styles.card} data-off={!wanted || undefined}>
      <Checkbox
        label={t(`${kind.module}:kind.${kind.name}.new`)}
        classNames={{ label: styles.head }}
        checked={wanted}
        onChange={(event) => onWanted(event.currentTarget.checked)}
      />
      {wanted && (
        <>
          <Duplicates kind={kind} name={name} email={first(values.emails)} />
          <div className={styles.fields}>
            {fields.map((field) => {
              const from = [...new Set(findings.filter((f) => f.field === field.key).map((f) => f.from))];
              return (
                <div
                  key={field.key}
                  className={styles.field}
                  data-wide={
                    field.type === 'list' || field.type === 'longtext' || field.key === kind.title || undefined
                  }
                >
                  <FieldInput
                    kind={kind}
                    field={field}
                    value={values[field.key]}
                    label={fieldLabel(kind, field.key)}
                    error={at(field.key)}
                    faultAt={at}
                    onChange={(value) => onChange(field.key, value)}
                  />
                  {from.length > 0 && (
                    <small className={styles.from}>{t('contacts:page.paste.from', { text: from.join(' · ') })}</small>
                  )}
                </div>
              );
            })}
          </div>
          {general && (
            <p className={styles.fault} role="alert">
              {general}
            </p>
          )}
        </>
      )}
    </section>
  );
}
