import { Button } from '@mantine/core';
import type { Field, Kind } from '@/api/types';
import { fieldLabel } from '@/lib/words';
import { PlusIcon } from '../icons';
import styles from './MissingFields.module.css';

export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

type Props = { kind: Kind; fields: Field[]; onAdd: (key: string) => void };

/** A button for each field that a record does not have yet. */
export function MissingFields({ kind, fields, onAdd }: Props) {
  return (
    <div className={styles.missing}>
      {fields.map((field) => (
        <Button
          key={field.key}
          size="compact-xs"
          variant="default"
          leftSection={<PlusIcon size={12} />}
          onClick={() => onAdd(field.key)}
        >
          {fieldLabel(kind, field.key)}
        </Button>
      ))}
    </div>
  );
}
