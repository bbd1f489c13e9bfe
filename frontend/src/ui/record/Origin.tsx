import { Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldHistory } from '@/api/queries';
import type { Change, Field, Kind, Row } from '@/api/types';
import { day, dayOf, moment } from '@/lib/format';
import { explain } from '../explain';
import { fieldText } from '../fields/fieldText';
import { HistoryIcon } from '../icons';
import styles from './Origin.module.css';

type Props = { kind: Kind; field: Field; record: Row; label: string; currency: string; className?: string };

/** Where a value comes from: who or which file brought it, when, and what stood there before. */
export function Origin(props: Props) {
  const { label, className } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  // Esc closes this and not the page.
  const onKey = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.preventDefault();
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={330}>
      <Popover.Target>
        <button
          type="button"
          className={className}
          data-origin
          data-open={open || undefined}
          aria-label={t('record.origin.ask', { field: label })}
          title={t('record.origin.title')}
          onClick={() => setOpen((old) => !old)}
          onKeyDown={onKey}
        >
          <HistoryIcon size={14} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.box} tabIndex={-1} onKeyDown={onKey}>
        {open && <Told {...props} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Told({ kind, field, record, label, currency }: Props) {
  const { t } = useTranslation();
  const found = useQuery(fieldHistory(kind.name, record.id, field.key));
  const links = found.data?.links ?? {};
  const text = (of: Change['fields'][number] | undefined) =>
    fieldText(kind, field, of?.after, { links, currency: of?.currency?.after || currency }) || t('value.empty');
  const from = (change: Change) =>
    !change.source
      ? t('record.origin.by', { name: change.actor.name })
      : t(change.row ? 'record.origin.row' : 'record.origin.source', { source: change.source, row: change.row });
  return (
    <>
      <h4>{t('record.origin.head', { field: label })}</h4>
      {found.error && <p>{explain(found.error)}</p>}
      {found.data?.changes.length === 0 && <p>{t('record.origin.none')}</p>}
      <ol aria-busy={found.isPending}>
        {found.data?.changes.map((change) => (
          <li key={change.id} data-undone={change.undone || undefined}>
            <strong>{text(change.fields[0])}</strong>
            <small title={moment(change.at)}>
              {from(change)}, {day(dayOf(change.at))}
            </small>
          </li>
        ))}
      </ol>
    </>
  );
}
