import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { explain } from '@/ui/explain';
import { FormDialog } from '@/ui/form/FormDialog';
import { OptionsInput } from '@/ui/own/OptionsInput';
import own from '@/ui/own/own.module.css';
import {
  type Conversion,
  convertField,
  type Definition,
  type Option,
  type OwnType,
  optionsOf,
  types,
} from '@/ui/own/requests';
import styles from './fields.module.css';

type Props = { field: Definition; onClose: () => void; onDone: (text: string) => void };

/** Gives a field another type: first what would become of its values, then the conversion itself. */
export function ConvertDialog({ field, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [type, setType] = useState<OwnType | null>(null);
  const [options, setOptions] = useState<Option[]>(optionsOf(field).length > 0 ? optionsOf(field) : [{ value: '' }]);
  const [digits, setDigits] = useState('2');
  const [found, setFound] = useState<Conversion | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const chooses = type === 'choice' || type === 'choices';

  const run = async (dry: boolean) => {
    if (!type) return;
    setBusy(true);
    setFault(null);
    const values = {
      type,
      ...(chooses ? { options: options.filter((o) => o.value.trim()) } : {}),
      ...(type === 'number' ? { digits } : {}),
    };
    try {
      const { conversion } = await convertField(field, values, dry);
      setFound(conversion);
      if (dry) return;
      onDone(
        t('field:page.converted', {
          field: field.label,
          count: conversion.fit,
          number: number(String(conversion.fit)),
        }),
      );
      onClose();
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const again =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setFound(null);
    };
  return (
    <FormDialog
      title={t('field:page.convertTitle', { field: field.label })}
      size={560}
      submit={t(found ? 'field:page.doConvert' : 'field:page.tryConvert')}
      busy={busy}
      ready={type !== null}
      fault={fault === null ? undefined : explain(fault)}
      color={found && found.misfits > 0 ? 'orange' : undefined}
      onSave={() => void run(found === null)}
      onCancel={onClose}
      onClose={onClose}
    >
      <Select
        label={t('field:page.newType')}
        data={types
          .filter((one) => one !== 'link' && one !== field.type)
          .map((one) => ({ value: one, label: t(`field:option.field.type.${one}`) }))}
        value={type}
        allowDeselect={false}
        maxDropdownHeight={440}
        data-autofocus
        onChange={(next) => again(setType)(next as OwnType | null)}
      />
      {chooses && <OptionsInput options={options} onChange={again(setOptions)} />}
      {type === 'number' && (
        <TextInput
          label={t('field:field.field.digits')}
          value={digits}
          inputMode="numeric"
          className={own.short}
          onChange={(event) => again(setDigits)(event.currentTarget.value)}
        />
      )}
      {found && (
        <div className={styles.found} role="status">
          <p>{t('field:page.fit', { count: found.fit, number: number(String(found.fit)) })}</p>
          {found.misfits > 0 && (
            <>
              <p className={styles.warn}>
                {t('field:page.misfits', { count: found.misfits, number: number(String(found.misfits)) })}
              </p>
              <ul className={styles.misfits}>
                {found.first.map((m) => (
                  <li key={m.id}>
                    <span>{m.title}</span> <q>{m.text}</q>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </FormDialog>
  );
}
