import { ActionIcon, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field, Kind, Links, ListRow, Value } from '@/api/types';
import { fieldLabel } from '@/lib/words';
import { CloseIcon, PlusIcon, UpIcon } from '../icons';
import { FieldInput } from './FieldInput';
import styles from './ListInput.module.css';

type Props = {
  kind: Kind;
  field: Field;
  value: ListRow[];
  onChange: (value: Value, links?: Links) => void;
  links?: Links;
  label?: string;
  error?: string;
  faultAt?: (path: string) => string | undefined;
  autoFocus?: boolean;
};

/** The rows of a list such as e-mails or addresses. The first row is the primary one; moving a row up makes it so. */
export function ListInput({ kind, field, value, onChange, links = {}, label, error, faultAt, autoFocus }: Props) {
  const { t } = useTranslation();
  // The row that was just added takes the focus.
  const [fresh, setFresh] = useState(autoFocus ? value.length - 1 : -1);
  const parts = field.fields ?? [];
  const short = parts.length <= 2;
  const name = fieldLabel(kind, field.key);

  const set = (index: number, key: string, next: Value, more?: Links) => {
    const rows = value.map((row, i) => (i === index ? { ...row, [key]: next as ListRow[string] } : row));
    onChange(rows, more);
  };
  const add = () => {
    const type = parts.find((p) => p.key === 'type')?.options?.[0];
    onChange([...value, type ? { type } : {}]);
    setFresh(value.length);
  };
  const remove = (index: number) => onChange(value.filter((_, i) => i !== index));
  const raise = (index: number) => {
    const row = value[index];
    if (row) onChange([row, ...value.filter((_, i) => i !== index)]);
  };
  const firstText = parts.findIndex((p) => p.key !== 'type');

  return (
    <fieldset className={styles.list} aria-label={label ? undefined : name}>
      {label && <legend>{label}</legend>}
      {value.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id of their own; their order is their identity
        <div key={index} className={styles.row} data-short={short || undefined}>
          <div className={styles.parts}>
            {parts.map((part, at) => {
              const path = `${field.key}[${index}].${part.key}`;
              return (
                <div key={part.key} className={styles.part} data-part={part.key}>
                  <FieldInput
                    kind={kind}
                    field={part}
                    list={field.key}
                    value={row[part.key]}
                    links={links}
                    ariaLabel={`${name} ${index + 1}: ${fieldLabel(kind, `${field.key}.${part.key}`)}`}
                    label={short ? undefined : fieldLabel(kind, `${field.key}.${part.key}`)}
                    error={faultAt?.(path)}
                    autoFocus={index === fresh && at === firstText}
                    onChange={(next, more) => set(index, part.key, next, more)}
                  />
                </div>
              );
            })}
          </div>
          <div className={styles.tools}>
            {index > 0 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                aria-label={t('fields.makeFirst', { row: index + 1 })}
                onClick={() => raise(index)}
              >
                <UpIcon size={15} />
              </ActionIcon>
            )}
            {index === 0 && value.length > 1 && <span className={styles.primary}>{t('fields.primary')}</span>}
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-label={t('fields.remove', { row: index + 1 })}
              onClick={() => remove(index)}
            >
              <CloseIcon size={15} />
            </ActionIcon>
          </div>
        </div>
      ))}
      {error && <div className={styles.fault}>{error}</div>}
      <Button variant="subtle" size="xs" leftSection={<PlusIcon size={14} />} onClick={add} className={styles.add}>
        {t(value.length === 0 ? 'fields.addFirst' : 'fields.addMore', { name })}
      </Button>
    </fieldset>
  );
}
