import { Button, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { refresh } from '@/api/queries';
import { useCommands } from '@/lib/commands';
import { usePageSearch } from '@/lib/nav';
import { kindMany } from '@/lib/words';
import { FieldIcon, PlusIcon } from '@/ui/icons';
import { FieldDialog } from '@/ui/own/FieldDialog';
import { changeField, type Definition, extensible, fieldsQuery, orderFields } from '@/ui/own/requests';
import { CardBones } from '@/ui/record/CardBones';
import { EmptyState, ErrorState } from '@/ui/States';
import { reportChange, reportFault } from '@/ui/undo';
import { ConvertDialog } from './ConvertDialog';
import { FieldRow } from './FieldRow';
import styles from './fields.module.css';

type Open = { making: true } | { editing: Definition } | { converting: Definition } | null;

/** The fields that users add to each kind of record. */
export function FieldsTab() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const kinds = extensible(useKinds());
  const [search, change] = usePageSearch();
  const kind = kinds.find((k) => k.name === search.kind) ?? kinds[0];
  const found = useQuery({ ...fieldsQuery(kind?.name ?? ''), enabled: Boolean(kind) });
  const [open, setOpen] = useState<Open>(null);
  useCommands([
    {
      id: 'field.add',
      title: 'field:page.add',
      group: 'create',
      shortcut: 'c',
      icon: PlusIcon,
      run: () => setOpen({ making: true }),
    },
  ]);
  if (!kind) return null;

  const all = found.data?.fields ?? [];
  const shown = all.filter((f) => !f.hidden);
  const hidden = all.filter((f) => f.hidden);
  const changed = (text: string, batch?: string) => {
    refresh(client, [{ kind: 'field' }]);
    reportChange(text, batch);
  };
  const hide = async (field: Definition, away: boolean) => {
    try {
      const saved = await changeField(field, { hidden: away });
      changed(t(away ? 'field:page.wasHidden' : 'field:page.wasShown', { field: field.label }), saved.batch);
    } catch (error) {
      reportFault(error);
    }
  };
  const move = async (field: Definition, by: number) => {
    const ids = shown.map((f) => f.id);
    const at = ids.indexOf(field.id);
    const to = at + by;
    if (to < 0 || to >= ids.length) return;
    ids.splice(to, 0, ...ids.splice(at, 1));
    try {
      const { batch } = await orderFields(kind.name, [...ids, ...hidden.map((f) => f.id)]);
      changed(t('field:page.moved', { field: field.label }), batch);
    } catch (error) {
      reportFault(error);
    }
  };
  const row = (field: Definition, index: number) => (
    <FieldRow
      key={field.id}
      kind={kind}
      field={field}
      filled={found.data?.filled[field.id] ?? 0}
      first={index === 0}
      last={index === shown.length - 1}
      onEdit={() => setOpen({ editing: field })}
      onConvert={() => setOpen({ converting: field })}
      onHide={(away) => void hide(field, away)}
      onMove={(by) => void move(field, by)}
    />
  );
  const add = (
    <Button leftSection={<PlusIcon size={15} />} onClick={() => setOpen({ making: true })}>
      {t('field:page.add')}
    </Button>
  );
  return (
    <div className={styles.tab}>
      <p className={styles.intro}>{t('field:page.intro')}</p>
      <div className={styles.bar}>
        <Select
          aria-label={t('field:page.of')}
          data={kinds.map((k) => ({ value: k.name, label: kindMany(k) }))}
          value={kind.name}
          allowDeselect={false}
          onChange={(name) => change({ kind: name ?? undefined })}
          className={styles.kind}
        />
        {all.length > 0 && add}
      </div>
      {found.isPending && <CardBones />}
      {found.error && !found.data && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {found.data && all.length === 0 && (
        <EmptyState
          icon={<FieldIcon size={24} stroke={1.6} />}
          title={t('field:page.empty.title', { kinds: kindMany(kind) })}
          text={t('field:page.empty.text')}
        >
          {add}
        </EmptyState>
      )}
      {shown.length > 0 && <ul className={styles.rows}>{shown.map(row)}</ul>}
      {hidden.length > 0 && (
        <details className={styles.hidden}>
          <summary>{t('field:page.hidden', { count: hidden.length })}</summary>
          <ul className={styles.rows}>{hidden.map((f) => row(f, -1))}</ul>
        </details>
      )}
      {open && 'making' in open && (
        <FieldDialog
          kind={kind}
          onClose={() => setOpen(null)}
          onSaved={(saved) => changed(t('field:page.made', { field: saved.field.label }), saved.batch)}
        />
      )}
      {open && 'editing' in open && (
        <FieldDialog
          kind={kind}
          field={open.editing}
          onClose={() => setOpen(null)}
          onSaved={(saved) => changed(t('field:page.changed', { field: saved.field.label }), saved.batch)}
        />
      )}
      {open && 'converting' in open && (
        <ConvertDialog field={open.converting} onClose={() => setOpen(null)} onDone={(text) => changed(text)} />
      )}
    </div>
  );
}
