import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { useSession } from '@/api/house';
import { keys } from '@/api/keys';
import { createRecord, refresh } from '@/api/queries';
import type { Field, Kind, Links, Value, Values } from '@/api/types';
import { caps } from '@/lib/commands';
import { createDialog } from '@/lib/dialogs';
import { keep, recall } from '@/lib/keep';
import { kindView } from '@/lib/modules';
import { recordPath, useGo } from '@/lib/nav';
import { fieldLabel, isChoices, titleOf } from '@/lib/words';
import { explain } from '../explain';
import { FieldInput } from '../fields/FieldInput';
import { FormBody } from '../form/FormBody';
import { Keys } from '../Keys';
import { reportChange } from '../undo';
import styles from './CreateForm.module.css';
import { Duplicates } from './Duplicates';

type Props = { kind: Kind; preset: Values };

/** Lists are filled by their mirrors here: the first e-mail, the first address. More rows come on the record's page. */
function formFields(kind: Kind): { first: Field[]; more: Field[] } {
  const view = kindView(kind.name);
  const usable = kind.fields.filter(
    (f) =>
      (f.type !== 'list' || isChoices(f)) &&
      f.type !== 'currency' &&
      !(f.readOnly && f.key !== kind.title) &&
      !view?.skip?.includes(f.key),
  );
  const wanted = view?.first ?? usable.filter((f) => f.required || f.key === kind.title).map((f) => f.key);
  const must = usable.filter((f) => f.own && f.required).map((f) => f.key);
  const first = [...new Set([...wanted, ...must])]
    .map((key) => usable.find((f) => f.key === key))
    .filter((f) => f !== undefined);
  return { first, more: usable.filter((f) => !first.includes(f)) };
}

export function CreateForm({ kind, preset }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const client = useQueryClient();
  const { currency } = useSession();
  const draftKey = `draft:create:${kind.name}`;
  const [draft] = useState(() => recall<Values>(draftKey, {}));
  const [values, setValues] = useState<Values>({ ...draft, ...preset });
  const [links, setLinks] = useState<Links>({});
  const [all, setAll] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { first, more } = formFields(kind);
  const restored = Object.keys(draft).length > 0;

  useEffect(() => {
    const own = Object.fromEntries(
      Object.entries(values).filter(([k, v]) => v !== null && v !== undefined && !(k in preset)),
    );
    keep(draftKey, Object.keys(own).length > 0 ? own : undefined);
  }, [draftKey, values, preset]);

  const set = (key: string, value: Value, found?: Links) => {
    setValues((old) => ({ ...old, [key]: value }));
    if (found) setLinks((old) => ({ ...old, ...found }));
    setFault(null);
  };

  const save = async () => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    try {
      const filled = Object.fromEntries(
        Object.entries(values).filter(
          ([, v]) => v !== null && v !== undefined && v !== '' && !(Array.isArray(v) && v.length === 0),
        ),
      );
      for (const f of kind.fields) {
        if (f.currency && filled[f.key] && !filled[f.currency]) filled[f.currency] = currency;
      }
      const saved = await createRecord(kind.name, filled);
      keep(draftKey, undefined);
      client.setQueryData(keys.record(kind.name, saved.record.id), { record: saved.record, links: saved.links });
      refresh(client, [{ kind: kind.name, id: saved.record.id }]);
      createDialog.set(null);
      reportChange(t('create.done', { title: titleOf(saved.record) }), saved.batch);
      if (Object.keys(preset).length === 0) go(recordPath(kind.name, saved.record.id));
    } catch (error) {
      setFault(error);
      if (error instanceof ApiError && error.errors.some((e) => more.some((f) => f.key === e.field))) setAll(true);
    } finally {
      setBusy(false);
    }
  };

  const at = (key: string) => (fault instanceof ApiError ? fault.at(key) : undefined);
  const shown = all ? [...first, ...more] : first;
  const general = fault && !shown.some((f) => at(f.key)) ? explain(fault) : undefined;
  const input = (field: Field, i: number) => (
    <div key={field.key} className={styles.field} data-wide={i === 0 || field.type === 'longtext' || undefined}>
      <FieldInput
        kind={kind}
        field={field}
        value={values[field.key]}
        links={links}
        label={fieldLabel(kind, field.key)}
        error={at(field.key)}
        autoFocus={i === 0}
        currency={currency}
        onChange={(value, found) => set(field.key, value, found)}
      />
    </div>
  );

  return (
    <FormBody
      submit={t(`${kind.module}:kind.${kind.name}.create`)}
      busy={busy}
      fault={general}
      beside={<Keys caps={caps('mod+enter')} />}
      onSave={() => void save()}
      onCancel={() => createDialog.set(null)}
    >
      {restored && (
        <p className={styles.draft}>
          {t('create.draft')}{' '}
          <button type="button" onClick={() => setValues({ ...preset })}>
            {t('create.startOver')}
          </button>
        </p>
      )}
      <div className={styles.fields}>
        {first.map(input)}
        <Duplicates kind={kind} name={String(values[kind.title] ?? '')} email={String(values.email ?? '')} />
        {all && more.map((field, i) => input(field, i + 100))}
      </div>
      {!all && more.length > 0 && (
        <Button variant="subtle" size="xs" className={styles.more} onClick={() => setAll(true)}>
          {t('create.more', { count: more.length })}
        </Button>
      )}
    </FormBody>
  );
}
