import { Button } from '@mantine/core';
import { type ElementType, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import type { Field, Kind, Links, ListRow, Row, Value } from '@/api/types';
import { titleOf } from '@/lib/words';
import { explain } from '../explain';
import { FieldInput } from '../fields/FieldInput';
import { EditIcon } from '../icons';
import { FieldValue } from './FieldValue';
import { Origin } from './Origin';
import styles from './RecordCard.module.css';
import { useSave } from './useSave';

type Props = {
  kind: Kind;
  field: Field;
  record: Row;
  links: Links;
  label: string;
  currency?: string;
  heading?: ElementType;
  startOpen?: boolean;
  readOnly?: boolean;
  /** The only field of its group: the group's head names it already. */
  alone?: boolean;
  onClosed?: () => void;
};

/** Rows in which nothing but the type was filled in are not meant. */
export function filledRows(rows: ListRow[]): ListRow[] {
  return rows.filter((row) =>
    Object.entries(row).some(([k, v]) => k !== 'type' && v !== null && v !== undefined && v !== ''),
  );
}

/** A field that shows its value and becomes an input in its place. Enter and leaving save, Esc takes nothing over. */
export function EditableField(props: Props) {
  const {
    kind,
    field,
    record,
    links,
    label,
    currency = '',
    heading: Heading,
    startOpen,
    readOnly,
    alone,
    onClosed,
  } = props;
  const { t } = useTranslation();
  const save = useSave();
  const [open, setOpen] = useState(startOpen ?? false);
  const [value, setValue] = useState<Value>(record[field.key]);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // The version that was on screen when editing began: saving against it reveals what others saved meanwhile.
  const base = useRef(record);
  const more = useRef<Links>({});
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wide = field.type === 'list' || field.type === 'longtext';

  const begin = () => {
    base.current = record;
    setValue(field.type === 'list' && !Array.isArray(record[field.key]) ? [] : record[field.key]);
    setFault(null);
    setOpen(true);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only at the first showing
  useEffect(() => {
    if (!startOpen) return;
    const type = field.fields?.find((f) => f.key === 'type')?.options?.[0];
    if (field.type === 'list') setValue([type ? { type } : {}]);
  }, []);
  const close = (refocus: boolean) => {
    setOpen(false);
    onClosed?.();
    if (refocus) requestAnimationFrame(() => opener.current?.focus());
  };

  const commit = async (next: Value, refocus = true) => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    try {
      const clean = Array.isArray(next) ? filledRows(next) : next;
      const money = field.currency && clean ? { [field.currency]: currency } : {};
      const outcome = await save(kind, base.current, { [field.key]: clean, ...money }, { ...links, ...more.current });
      if (outcome !== 'kept') close(refocus);
    } catch (error) {
      setFault(error);
      requestAnimationFrame(() =>
        box.current?.querySelector<HTMLElement>('[aria-invalid="true"], input, textarea')?.focus(),
      );
    } finally {
      setBusy(false);
    }
  };

  if (!open) {
    const editable = !readOnly && !field.readOnly;
    const pen = editable && (
      <button
        ref={opener}
        type="button"
        className={styles.edit}
        aria-label={t('record.edit', { field: label })}
        onClick={begin}
      >
        <EditIcon size={14} />
      </button>
    );
    if (Heading) {
      return (
        // biome-ignore lint/a11y/noStaticElementInteractions: a mouse's short cut to the button inside
        <div className={styles.headline} onDoubleClick={editable ? begin : undefined}>
          <Heading className={styles.title}>{titleOf(record)}</Heading>
          {pen}
        </div>
      );
    }
    return (
      <div className={styles.field} data-alone={alone || undefined}>
        <span className={alone ? 'k-hidden' : styles.label} title={field.help}>
          {label}
        </span>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a mouse's short cut to the button inside */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys reach the button inside */}
        <div
          className={styles.valueBox}
          onClick={(e) =>
            editable && !(e.target as Element).closest('a, button') && String(window.getSelection()) === '' && begin()
          }
        >
          <FieldValue kind={kind} field={field} value={record[field.key]} links={links} currency={currency} />
          <Origin
            kind={kind}
            field={field}
            record={record}
            label={label}
            currency={currency}
            className={styles.origin}
          />
          {pen}
        </div>
      </div>
    );
  }

  const at = (path: string) => (fault instanceof ApiError ? fault.at(path) : undefined);
  const named = at(field.key);
  const inRows = fault instanceof ApiError && fault.errors.some((e) => e.field.includes(`${field.key}[`));
  const rest = fault && !named && !inRows ? explain(fault) : undefined;

  const onKeyDown = (event: React.KeyboardEvent) => {
    const menuOpen = box.current?.querySelector(
      '[role="combobox"][aria-expanded="true"], [aria-haspopup="listbox"][aria-expanded="true"]',
    );
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (!busy) close(true); // while a save asks something, Escape answers that
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      const chord = event.ctrlKey || event.metaKey;
      if (!chord && (wide || menuOpen)) return;
      event.preventDefault();
      event.stopPropagation();
      void commit(value);
    }
  };

  return (
    <div className={Heading ? undefined : styles.field}>
      {!Heading && !wide && <span className={styles.label}>{label}</span>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it gathers the keys of the input inside */}
      <div
        ref={box}
        className={styles.editor}
        data-wide={wide || undefined}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          const to = event.relatedTarget as Element | null;
          if (wide || fault || box.current?.contains(to) || to?.closest('[data-portal], [role="dialog"]')) return;
          void commit(value, false);
        }}
      >
        <FieldInput
          kind={kind}
          field={field}
          value={value}
          links={{ ...links, ...more.current }}
          label={wide ? label : undefined}
          ariaLabel={label}
          currency={currency}
          error={named ?? rest}
          faultAt={at}
          autoFocus
          onChange={(next, found) => {
            more.current = { ...more.current, ...found };
            setValue(next);
            setFault(null);
          }}
          onPick={(next) => void commit(next)}
        />
        {!wide && field.help && <div className={styles.help}>{field.help}</div>}
        {wide && (
          <div className={styles.editorActions}>
            <Button size="xs" loading={busy} onClick={() => void commit(value)}>
              {t('action.save')}
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => close(true)}>
              {t('action.cancel')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
