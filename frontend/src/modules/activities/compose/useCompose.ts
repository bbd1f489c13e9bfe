import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type FieldFault } from '@/api/client';
import { createRecord, refresh } from '@/api/queries';
import type { Saved, Values } from '@/api/types';
import { keep, recall } from '@/lib/keep';
import type { ComposerProps } from '@/lib/modules';
import { titleOf } from '@/lib/words';
import { explain } from '@/ui/explain';
import { reportChange } from '@/ui/undo';

/** What a form found wrong by itself, before asking. */
export class FormFault extends ApiError {
  constructor(field: string, message: string) {
    super({ detail: message, field, errors: [{ field, code: 'invalid', message } satisfies FieldFault] });
  }
}

type Options<T> = ComposerProps & {
  makes: string;
  empty: T;
  /** The values to save; throws a FormFault where the form cannot be meant. */
  values: (form: T) => Values;
  /** The fields that stand in the form: a fault of another one is told below. */
  shown: string[];
};

/** A form about a record, kept as a draft with every key stroke, saved as one record of its kind. */
export function useCompose<T extends object>({ kind, record, makes, empty, values, shown }: Options<T>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const draft = `draft:${makes}:${record.id}`;
  const [form, setForm] = useState<T>(() => ({ ...empty, ...recall<Partial<T>>(draft, {}) }));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const started = JSON.stringify(form) !== JSON.stringify(empty);
  useEffect(() => keep(draft, started ? form : undefined), [draft, form, started]);

  const set = (patch: Partial<T>) => {
    setForm((old) => ({ ...old, ...patch }));
    setFault(null);
  };
  const save = async (): Promise<Saved | undefined> => {
    if (busy) return undefined;
    setBusy(true);
    setFault(null);
    try {
      const saved = await createRecord(makes, values(form));
      setForm(empty);
      refresh(client, [
        { kind: makes, id: saved.record.id },
        { kind: kind.name, id: record.id },
      ]);
      reportChange(t(`activities:page.saved.${makes}`, { title: titleOf(record) }), saved.batch);
      return saved;
    } catch (error) {
      setFault(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const at = (field: string) => (fault instanceof ApiError ? fault.at(field) : undefined);
  const general = fault && !shown.some((field) => at(field)) ? explain(fault) : undefined;
  return { form, set, save, busy, at, general, started };
}
