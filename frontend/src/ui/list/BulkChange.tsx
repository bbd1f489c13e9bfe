import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import type { Field, Kind, Links, Value } from '@/api/types';
import { fieldLabel, groupLabel } from '@/lib/words';
import { FieldInput } from '../fields/FieldInput';
import styles from './BulkBar.module.css';
import { BulkFoot } from './BulkFoot';
import type { Chosen } from './many';
import { useBulk } from './useBulk';

type Props = { kind: Kind; chosen: Chosen; only?: Field; onDone: () => void };

/** What many records can get alike: every field of their own, lists by their first row. */
const bulkFields = (kind: Kind) => kind.fields.filter((f) => !f.readOnly && f.type !== 'list' && f.type !== 'currency');

/** One field, one value, for all selected records. To empty a field takes a tick of its own, not just no value. */
export function BulkChange({ kind, chosen, only, onDone }: Props) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const [key, setKey] = useState<string | null>(only?.key ?? null);
  const [value, setValue] = useState<Value>(null);
  const [emptied, setEmptied] = useState(false);
  const [links, setLinks] = useState<Links>({});
  const fields = bulkFields(kind);
  const field = fields.find((f) => f.key === key);
  const money = field?.currency && !emptied && value !== null ? { [field.currency]: currency } : {};
  const ready = field !== undefined && (emptied || (value !== null && value !== undefined));
  const edit = ready ? { set: { [field.key]: emptied ? null : value, ...money } } : null;
  const bulk = useBulk(kind, chosen, edit, onDone);
  const groups = [...new Set(fields.map((f) => f.group ?? ''))];

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void bulk.run();
      }}
    >
      {!only && (
        <Select
          label={t('filter.field')}
          placeholder={t('filter.chooseField')}
          data={groups.map((group) => ({
            group: group ? groupLabel(kind, group) : kind.name,
            items: fields
              .filter((f) => (f.group ?? '') === group)
              .map((f) => ({ value: f.key, label: fieldLabel(kind, f.key) })),
          }))}
          value={key}
          searchable
          data-autofocus
          nothingFoundMessage={t('pick.none')}
          onChange={(next) => {
            setKey(next);
            setValue(null);
            setEmptied(false);
          }}
        />
      )}
      {field && !emptied && (
        <FieldInput
          key={field.key}
          kind={kind}
          field={field}
          value={value}
          links={links}
          label={t('view:page.bulk.newValue', { field: fieldLabel(kind, field.key) })}
          currency={currency}
          autoFocus={Boolean(only)}
          onChange={(next, found) => {
            setValue(next === '' ? null : next);
            if (found) setLinks((old) => ({ ...old, ...found }));
          }}
        />
      )}
      {field && !field.required && (
        <Checkbox
          size="xs"
          label={t('view:page.bulk.emptied')}
          checked={emptied}
          onChange={(e) => setEmptied(e.currentTarget.checked)}
        />
      )}
      <BulkFoot
        bulk={bulk}
        ready={ready}
        action={t(only ? 'view:page.bulk.assignYes' : 'view:page.bulk.changeYes')}
        onDone={onDone}
      />
    </form>
  );
}
