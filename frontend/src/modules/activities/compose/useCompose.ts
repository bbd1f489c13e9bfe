import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError, type FieldFault } from '@/api/client';
import { useKind } from '@/api/house';
import { createRecord, refresh } from '@/api/queries';
import type { Row, Values } from '@/api/types';
import { keep, recall } from '@/lib/keep';
import { explain } from '@/ui/explain';
import { same, useSave } from '@/ui/record/useSave';
import { reportChange } from '@/ui/undo';

/** What a form found wrong by itself, before asking. */
export class FormFault extends ApiError {
  constructor(field: string, message: string) {
    super({ detail: message, field, errors: [{ field, code: 'invalid', message } satisfies FieldFault] });
  }
}

type Options<T> = {
  makes: string;
  /** The record that is changed; without it a new one is made. */
  base?: Row;
  /** Under which name the form is kept until it is saved. */
  draft?: string;
  start: T;
  /** What a kept draft does not bring along. */
  fresh?: Partial<T>;
  /** The values to save; throws a FormFault where the form cannot be meant. */
  values: (form: T) => Values;
  /** The fields that stand in the form: a fault of another one is told below. */
  shown: string[];
  /** Fields that mean something together only: a change of one sends them all. */
  together?: string[];
  /** What is said of a new record. */
  said: (made: Row) => string;
  /** The record beside which the form stands. */
  owner?: { kind: string; id: string };
  onSaved?: () => void;
};

/** A form that makes one record or changes it. What is new is kept as a draft with every key stroke. */
export function useCompose<T extends object>(options: Options<T>) {
  const { makes, base, draft, start, fresh, values, shown, together = [], said, owner, onSaved } = options;
  const client = useQueryClient();
  const kind = useKind(makes);
  const change = useSave();
  const [form, setForm] = useState<T>(() => ({ ...start, ...(draft ? recall<Partial<T>>(draft, {}) : {}), ...fresh }));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const started = !same(form, { ...start, ...fresh });
  useEffect(() => {
    if (draft) keep(draft, started ? form : undefined);
  }, [draft, form, started]);

  const set = (patch: Partial<T>) => {
    setForm((old) => ({ ...old, ...patch }));
    setFault(null);
  };
  const store = async (): Promise<void> => {
    const wanted = values(form);
    if (base && kind) {
      // Only what was changed here: somebody else may be at the rest.
      const before = values(start);
      const moved = (key: string) => !same(before[key], wanted[key]);
      const group = together.some(moved) ? together : [];
      const changed = Object.entries(wanted).filter(([key]) => moved(key) || group.includes(key));
      const known = Object.fromEntries(Object.entries(base).filter(([key]) => !group.includes(key))) as Row;
      if ((await change(kind, known, Object.fromEntries(changed))) === 'kept') return;
      refresh(client, [{ kind: makes, id: base.id }]);
    } else {
      const saved = await createRecord(makes, wanted);
      if (draft) keep(draft, undefined);
      setForm(start);
      refresh(client, [{ kind: makes, id: saved.record.id }, ...(owner ? [owner] : [])]);
      reportChange(said(saved.record), saved.batch);
    }
    onSaved?.();
  };
  const save = async () => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    try {
      await store();
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const at = (field: string) => (fault instanceof ApiError ? fault.at(field) : undefined);
  const general = fault && !shown.some((field) => at(field)) ? explain(fault) : undefined;
  return { form, set, at, started, frame: { busy, fault: general, onSave: () => void save() } };
}
