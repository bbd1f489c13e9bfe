import { useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds, useSession } from '@/api/house';
import { platform } from '@/api/platform';
import type { Kind, Row } from '@/api/types';
import { createDialog } from '@/lib/dialogs';
import { compose } from '@/lib/filter';
import { readFilter } from '@/lib/filterText';
import { keep } from '@/lib/keep';
import { canCreate } from '@/lib/modules';
import { lastList, recordPath, rememberList, type SearchPatch, useGo } from '@/lib/nav';
import { inSentence, kindMany, kindOne } from '@/lib/words';
import { lostFields, withoutLost } from '../filter/lost';
import { PageBar } from '../PageBar';
import { SidePanel } from '../record/SidePanel';
import { ErrorState } from '../States';
import { reportChange, reportFault } from '../undo';
import { ViewTabs } from '../views/ViewTabs';
import { BulkBar } from './BulkBar';
import { allColumnFields, makeColumns } from './columns';
import { rowsAsTable } from './copyRows';
import { DataTable } from './DataTable';
import { GroupNote } from './GroupNote';
import { groupText } from './grouping';
import { type Editing, ListEditor } from './ListEditor';
import { ListEmpty } from './ListEmpty';
import { ListFooter } from './ListFooter';
import { ListSums } from './ListSums';
import { ListToolbar } from './ListToolbar';
import { LostFields } from './LostFields';
import styles from './RecordList.module.css';
import { sumFields } from './sums';
import type { Column, Spot } from './table';
import { useGroupedRows } from './useGroupedRows';
import { useListCommands } from './useListCommands';
import { useListState } from './useListState';
import { useRows } from './useRows';
import { useSelection } from './useSelection';

/** What the list of a kind has of its own, where its records are not made and opened as others are. */
export type OwnList = {
  /** The field that is searched in. */
  searched: string;
  /** What is always filtered, and how the address says that it is not. */
  where: string;
  cleared: SearchPatch;
  columns: (kind: Kind, shown: string[], currency: string, compact: boolean) => Column[];
  create: () => void;
  /** Stands above the tools of the list, and changes its address. */
  head: (change: (patch: SearchPatch, push?: boolean) => void) => ReactNode;
};

/** The list of a kind: its rows open beside it, or at once on a page where it is a list of its own. */
export function RecordList({ kind, own }: { kind: Kind; own?: OwnList }) {
  const { t } = useTranslation();
  const go = useGo();
  const { currency } = useSession();
  const compact = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const state = useListState(kind, own?.where, own?.searched);
  const { query, search, change } = state;
  const { grouping, groupSort } = state;
  const kinds = useKinds();
  const rows = useRows(kind.name, query, grouping === undefined);
  const grouped = useGroupedRows(kind, query, grouping, groupSort, sumFields(kind, state.columns));
  const table = grouped ?? { ...rows, total: rows.counted ? rows.total : Math.max(rows.total, 30) };
  const selection = useSelection(kind.name, query, rows.total);
  const [spot, setSpot] = useState<Spot>(() => ({ row: lastList(kind.name, search)?.row ?? 0, col: 0 }));
  const [editing, setEditing] = useState<Editing | null>(null);
  const gridId = `grid-${kind.name}`;

  const columnsOf = own?.columns ?? makeColumns;
  const columns = useMemo(
    () => columnsOf(kind, state.columns, currency, compact),
    [columnsOf, kind, state.columns, currency, compact],
  );
  const fields = useMemo(() => allColumnFields(kind), [kind]);

  useEffect(() => keep('home', `/${kind.name}`), [kind.name]);
  useEffect(() => rememberList(kind.name, search, spot.row), [kind.name, search, spot.row]);
  const asked = `${query.where}|${query.sort}|${grouping?.by}|${groupSort}`;
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
    if (own || way === 'page') go(recordPath(kind.name, row.id));
    else change({ open: row.id }, !search.open);
  };
  const close = () => {
    if (search.open) change({ open: undefined });
    focusGrid();
  };
  // With the panel open, it follows the active row: looking through records needs arrows only.
  const moveTo = (next: Spot) => {
    setSpot(next);
    const row = table.at(next.row);
    if (search.open && row && next.row !== spot.row) change({ open: row.id });
  };
  const edit = (at: Spot, typed?: string) => {
    const row = table.at(at.row);
    if (!row) return;
    if (!columns[at.col]?.editable) {
      if (own && !typed) open(row, 'page');
      return;
    }
    setSpot(at);
    setEditing({ ...at, typed });
  };
  const makes = () => createDialog.set({ kind: kind.name, values: {} });
  const create = own?.create ?? (canCreate(kind.name) ? makes : undefined);

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
      if (done.changed > 0) reportChange(t('bulk.deleted', { count: done.changed }), done.batch);
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

  const lost = useMemo(() => lostFields(kinds, kind, readFilter(state.where)), [kinds, kind, state.where]);
  const takeOut = () => {
    const filter = readFilter(state.where);
    if (filter) change({ where: compose(withoutLost(kinds, kind, filter)) || undefined }, true);
  };
  const empty = rows.counted && rows.total === 0 && !rows.error;
  return (
    <>
      <PageBar title={kindMany(kind)} />
      <ViewTabs kind={kind} state={state} />
      {own?.head(change)}
      <ListToolbar
        kind={kind}
        state={state}
        links={table.links}
        onCreate={create}
        onGrid={focusGrid}
        onFold={grouped?.foldAll}
      />
      <div className={styles.content}>
        <div className={styles.table}>
          {lost.length > 0 ? (
            <LostFields names={lost} onTakeOut={takeOut} />
          ) : rows.error || table.error ? (
            <ErrorState error={rows.error ?? table.error} retry={rows.error ? rows.retry : table.retry} />
          ) : empty ? (
            <ListEmpty
              kind={kind}
              filtered={state.filtered}
              onClear={() => change({ q: undefined, where: undefined, ...own?.cleared })}
              onCreate={create}
            />
          ) : (
            <DataTable
              id={gridId}
              label={kindMany(kind)}
              columns={columns}
              total={table.total}
              at={table.at}
              links={table.links}
              onShow={table.show}
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
              groups={
                grouped && grouping ? { ...grouped, text: ({ group }) => groupText(kind, grouping, group) } : undefined
              }
              editor={
                editing && (
                  <ListEditor
                    gridId={gridId}
                    kind={kind}
                    fields={fields}
                    columns={columns}
                    editing={editing}
                    row={table.at(editing.row)}
                    links={table.links}
                    onEdit={edit}
                    onEnd={(down) => {
                      setEditing(null);
                      if (down) setSpot({ row: Math.min(editing.row + 1, table.total - 1), col: editing.col });
                      focusGrid();
                    }}
                  />
                )
              }
            />
          )}
          {grouped && <GroupNote kind={kind} rows={grouped} />}
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
          <ListFooter
            rows={rows}
            one={inSentence(kindOne(kind))}
            many={inSentence(kindMany(kind))}
            atOnce={own !== undefined}
          >
            <ListSums kind={kind} rows={rows} where={query.where} columns={state.columns} />
          </ListFooter>
        </div>
        {search.open && !own && (
          <SidePanel kind={kind} id={search.open} onClose={close} onEditBelow={() => edit(spot)} />
        )}
      </div>
    </>
  );
}
