import { useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import { platform } from '@/api/platform';
import type { Kind, Links, Row, Value } from '@/api/types';
import { createDialog } from '@/lib/dialogs';
import { keep } from '@/lib/keep';
import { lastList, recordPath, rememberList, useGo } from '@/lib/nav';
import { inSentence, kindMany, kindOne } from '@/lib/words';
import { currencyOf } from '../fields/fieldText';
import { PageBar } from '../PageBar';
import { SidePanel } from '../record/SidePanel';
import { useSave } from '../record/useSave';
import { ErrorState } from '../States';
import { reportChange, reportFault } from '../undo';
import { ViewTabs } from '../views/ViewTabs';
import { BulkBar } from './BulkBar';
import { CellEditor } from './CellEditor';
import { allColumnFields, makeColumns } from './columns';
import { rowsAsTable } from './copyRows';
import { DataTable } from './DataTable';
import { ListEmpty } from './ListEmpty';
import { ListFooter } from './ListFooter';
import { ListSums } from './ListSums';
import { ListToolbar } from './ListToolbar';
import styles from './RecordList.module.css';
import type { Spot } from './table';
import { useListCommands } from './useListCommands';
import { useListState } from './useListState';
import { useRows } from './useRows';
import { useSelection } from './useSelection';

type Editing = Spot & { typed?: string };

export function RecordList({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const go = useGo();
  const { currency } = useSession();
  const compact = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const state = useListState(kind);
  const { query, search, change } = state;
  const rows = useRows(kind.name, query);
  const selection = useSelection(kind.name, query, rows.total);
  const save = useSave();
  const [spot, setSpot] = useState<Spot>(() => ({ row: lastList(kind.name, search)?.row ?? 0, col: 0 }));
  const [editing, setEditing] = useState<Editing | null>(null);
  const gridId = `grid-${kind.name}`;

  const columns = useMemo(() => makeColumns(kind, state.columns, currency), [kind, state.columns, currency]);
  const fields = useMemo(() => allColumnFields(kind), [kind]);

  useEffect(() => keep('home', `/${kind.name}`), [kind.name]);
  useEffect(() => rememberList(kind.name, search, spot.row), [kind.name, search, spot.row]);
  const asked = `${query.where}|${query.sort}`;
  const before = useRef(asked);
  useEffect(() => {
    if (before.current === asked) return;
    before.current = asked;
    setSpot({ row: 0, col: 0 });
    setEditing(null);
  }, [asked]);

  const focusGrid = useCallback(() => document.getElementById(gridId)?.focus({ preventScroll: true }), [gridId]);
  // Who comes back from a record stands on its row again and goes on by arrows.
  const returned = useRef(lastList(kind.name, search) !== undefined);
  useEffect(() => {
    if (returned.current && rows.total > 0) {
      returned.current = false;
      focusGrid();
    }
  }, [rows.total, focusGrid]);
  const open = (row: Row, way: 'panel' | 'page') => {
    if (way === 'page') go(recordPath(kind.name, row.id));
    else change({ open: row.id }, !search.open);
  };
  const close = () => {
    if (search.open) change({ open: undefined });
    focusGrid();
  };
  // With the panel open, it follows the active row: looking through records needs arrows only.
  const moveTo = (next: Spot) => {
    setSpot(next);
    const row = rows.at(next.row);
    if (search.open && row && next.row !== spot.row) change({ open: row.id });
  };
  const edit = (at: Spot, typed?: string) => {
    if (!columns[at.col]?.editable || !rows.at(at.row)) return;
    setSpot(at);
    setEditing({ ...at, typed });
  };
  const create = () => createDialog.set({ kind: kind.name, values: {} });

  const copy = async () => {
    try {
      const chosen = await selection.rows();
      const table = rowsAsTable(chosen.rows, columns, chosen.links);
      await platform().copy(table.text, table.html);
      notifications.show({ message: t('bulk.copied', { count: chosen.rows.length }), withBorder: true });
    } catch (error) {
      reportFault(error);
    }
  };
  const remove = async () => {
    try {
      if (search.open && selection.picked.has(search.open)) change({ open: undefined });
      const done = await selection.remove();
      reportChange(t('bulk.deleted', { count: done.changed }), done.batch);
      const [first] = done.failed;
      if (first) {
        const others = done.failed.length + done.moreFailed - 1;
        notifications.show({
          color: 'orange',
          withBorder: true,
          autoClose: 15_000,
          message: `${first.title}: ${first.message} ${others > 0 ? t('view:page.bulk.others', { count: others }) : ''}`,
        });
      }
    } catch (error) {
      reportFault(error);
    }
  };

  useListCommands(kind, {
    selected: selection.picked.size,
    create,
    copy: () => void copy(),
    remove: () => void remove(),
  });

  const editor = () => {
    const row = editing && rows.at(editing.row);
    const column = editing && columns[editing.col];
    const field = column && fields.find((f) => f.key === column.key);
    if (!editing || !row || !field) return null;
    const own = currencyOf(row, field, currency);
    return (
      <CellEditor
        key={`${row.id}-${field.key}`}
        gridId={gridId}
        cellId={`${gridId}-${editing.row}-${editing.col}`}
        kind={kind}
        field={field}
        row={row}
        links={rows.links}
        currency={own}
        typed={editing.typed}
        save={(base: Row, value: Value, links: Links) => {
          const money = field.currency && value !== null ? { [field.currency]: own } : {};
          return save(kind, base, { [field.key]: value, ...money }, links);
        }}
        onDone={(move) => {
          const step = move === 'next' ? 1 : move === 'previous' ? -1 : 0;
          let col = editing.col + step;
          while (step !== 0 && columns[col] && !columns[col]?.editable) col += step;
          if (step !== 0 && columns[col]) edit({ row: editing.row, col });
          else {
            setEditing(null);
            if (move === 'down') setSpot({ row: Math.min(editing.row + 1, rows.total - 1), col: editing.col });
            focusGrid();
          }
        }}
      />
    );
  };

  const empty = rows.counted && rows.total === 0 && !rows.error;
  return (
    <>
      <PageBar title={kindMany(kind)} />
      <ViewTabs kind={kind} state={state} />
      <ListToolbar kind={kind} state={state} links={rows.links} onCreate={create} onGrid={focusGrid} />
      <div className={styles.content}>
        <div className={styles.table}>
          {rows.error ? (
            <ErrorState error={rows.error} retry={rows.retry} />
          ) : empty ? (
            <ListEmpty
              kind={kind}
              filtered={state.filtered}
              onClear={() => change({ q: undefined, where: undefined })}
            />
          ) : (
            <DataTable
              id={gridId}
              label={kindMany(kind)}
              columns={columns}
              total={rows.counted ? rows.total : Math.max(rows.total, 30)}
              at={rows.at}
              links={rows.links}
              onShow={rows.show}
              sorts={state.sorts}
              onSort={state.sortBy}
              widths={state.widths}
              onWidth={state.setWidth}
              selected={selection.picked}
              onSelect={selection.select}
              onSelectAll={selection.all}
              onSelectNone={selection.clear}
              spot={spot}
              onSpot={moveTo}
              openId={search.open}
              onOpen={open}
              onClose={close}
              onEdit={edit}
              compact={compact}
              editor={editor()}
            />
          )}
          {selection.picked.size > 0 && (
            <BulkBar
              kind={kind}
              count={selection.picked.size}
              chosen={selection.chosen}
              onCopy={() => void copy()}
              onDelete={remove}
              onClear={selection.clear}
            />
          )}
          <ListFooter rows={rows} one={inSentence(kindOne(kind))} many={inSentence(kindMany(kind))}>
            <ListSums kind={kind} rows={rows} where={query.where} columns={state.columns} />
          </ListFooter>
        </div>
        {search.open && <SidePanel kind={kind} id={search.open} onClose={close} onEditBelow={() => edit(spot)} />}
      </div>
    </>
  );
}
