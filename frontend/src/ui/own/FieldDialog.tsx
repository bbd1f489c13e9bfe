import { Autocomplete, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { useKinds } from '@/api/house';
import type { Kind } from '@/api/types';
import { groupLabel, hiddenKind, kindMany } from '@/lib/words';
import { explain } from '../explain';
import { FieldInput } from '../fields/FieldInput';
import { FormDialog } from '../form/FormDialog';
import { OptionsInput } from './OptionsInput';
import styles from './own.module.css';
import {
  asField,
  changeField,
  createField,
  type Definition,
  type Option,
  type OwnType,
  optionsOf,
  types,
} from './requests';

type Props = {
  kind: Kind;
  field?: Definition;
  /** What is known of a new one already, such as the column of a spreadsheet that it comes from. */
  like?: { label: string; type: OwnType; digits?: string };
  onClose: () => void;
  onSaved: (saved: { field: Definition; batch?: string }) => void;
};

const nowhere = hiddenKind('field');

/** Makes a field or changes one. Its type is changed elsewhere, since its values come along. */
export function FieldDialog({ kind, field, like, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const groups = [...new Set(kind.fields.map((f) => f.group ?? '').filter((g) => g && g !== 'own'))];
  const [label, setLabel] = useState(field?.label ?? like?.label ?? '');
  const [type, setType] = useState<OwnType>(field?.type ?? like?.type ?? 'text');
  const [options, setOptions] = useState<Option[]>(field ? optionsOf(field) : [{ value: '' }]);
  const [digits, setDigits] = useState(field?.digits ?? like?.digits ?? '0');
  const [target, setTarget] = useState(field?.target ?? 'company');
  const [group, setGroup] = useState(field?.group ? groupLabel(kind, field.group) : '');
  const [required, setRequired] = useState(field?.required === true);
  const [standard, setStandard] = useState<string | null>(field?.default ?? null);
  const [help, setHelp] = useState(field?.help ?? '');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const chooses = type === 'choice' || type === 'choices';

  const save = async () => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    const values = {
      label,
      group: groups.find((g) => groupLabel(kind, g) === group.trim()) ?? (group.trim() || null),
      required,
      default: standard,
      help: help || null,
      ...(chooses ? { options: options.filter((o) => o.value.trim()) } : {}),
      ...(type === 'number' ? { digits } : {}),
      ...(field ? {} : { kind: kind.name, type, ...(type === 'link' ? { target } : {}) }),
    };
    try {
      onSaved(field ? await changeField(field, values) : await createField(values));
      onClose();
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };

  const at = (name: string) => (fault instanceof ApiError ? fault.at(name) : undefined);
  const beside = ['label', 'digits', 'target', 'default', 'help', 'group'].some((name) => at(name));
  const ofOptions = fault instanceof ApiError && fault.field.startsWith('options') ? explain(fault) : undefined;
  return (
    <FormDialog
      title={
        field ? t('field:page.editTitle', { field: field.label }) : t('field:page.newTitle', { kinds: kindMany(kind) })
      }
      size={560}
      guarded
      submit={field ? t('action.save') : t('field:page.create')}
      busy={busy}
      fault={fault !== null && !beside && !(chooses && ofOptions) ? explain(fault) : undefined}
      onSave={() => void save()}
      onCancel={onClose}
      onClose={onClose}
    >
      <TextInput
        label={t('field:field.field.label')}
        description={field && t('field:page.key', { key: field.key })}
        value={label}
        error={at('label')}
        data-autofocus
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <div className={styles.pair}>
        {field ? (
          <TextInput label={t('field:field.field.type')} value={t(`field:option.field.type.${type}`)} readOnly />
        ) : (
          <Select
            label={t('field:field.field.type')}
            data={types.map((one) => ({ value: one, label: t(`field:option.field.type.${one}`) }))}
            value={type}
            allowDeselect={false}
            maxDropdownHeight={440}
            onChange={(next) => {
              setType((next ?? 'text') as OwnType);
              setStandard(null);
            }}
          />
        )}
        <Autocomplete
          label={t('field:field.field.group')}
          placeholder={t('group.own')}
          data={groups.map((g) => groupLabel(kind, g))}
          value={group}
          error={at('group')}
          onChange={setGroup}
        />
      </div>
      {chooses && <OptionsInput options={options} onChange={setOptions} error={ofOptions} />}
      {type === 'number' && (
        <TextInput
          label={t('field:field.field.digits')}
          value={digits}
          inputMode="numeric"
          error={at('digits')}
          className={styles.short}
          onChange={(event) => setDigits(event.currentTarget.value)}
        />
      )}
      {type === 'link' && (
        <Select
          label={t('field:field.field.target')}
          data={kinds.map((k) => ({ value: k.name, label: kindMany(k) }))}
          value={target}
          disabled={Boolean(field)}
          allowDeselect={false}
          searchable
          error={at('target')}
          onChange={(next) => setTarget(next ?? 'company')}
        />
      )}
      {type !== 'link' && (
        <FieldInput
          kind={nowhere}
          field={asField(type, options, digits)}
          label={t('field:page.default')}
          value={standard}
          error={at('default')}
          onChange={(next) => setStandard(next === null || next === undefined ? null : String(next))}
        />
      )}
      <Textarea
        label={t('field:field.field.help')}
        autosize
        minRows={1}
        maxRows={4}
        value={help}
        error={at('help')}
        onChange={(event) => setHelp(event.currentTarget.value)}
      />
      <Checkbox
        label={t('field:field.field.required')}
        description={t('field:page.requiredHint')}
        checked={required}
        onChange={(event) => setRequired(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
