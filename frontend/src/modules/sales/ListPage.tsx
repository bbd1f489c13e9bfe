import { Button, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind, useKinds, useSession } from '@/api/house';
import type { Kind } from '@/api/types';
import { useCommands } from '@/lib/commands';
import { both, compose, quote } from '@/lib/filter';
import { readFilter } from '@/lib/filterText';
import { keep } from '@/lib/keep';
import { lastList, rememberList, useGo } from '@/lib/nav';
import { inSentence, kindMany, kindOne } from '@/lib/words';
import { lostFields, withoutLost } from '@/ui/filter/lost';
import { PlusIcon } from '@/ui/icons';
import { BulkBar } from '@/ui/list/BulkBar';
import { allColumnFields } from '@/ui/list/columns';
import { DataTable } from '@/ui/list/DataTable';
import { GroupNote } from '@/ui/list/GroupNote';
import { groupText } from '@/ui/list/grouping';
import { type Editing, ListEditor } from '@/ui/list/ListEditor';
import { ListFooter } from '@/ui/list/ListFooter';
import { ListSums } from '@/ui/list/ListSums';
import { ListToolbar } from '@/ui/list/ListToolbar';
import { LostFields } from '@/ui/list/LostFields';
import { sumFields } from '@/ui/list/sums';
import type { Spot } from '@/ui/list/table';
import { useGroupedRows } from '@/ui/list/useGroupedRows';
import { useListCommands } from '@/ui/list/useListCommands';
import { useListState } from '@/ui/list/useListState';
import { useRows } from '@/ui/list/useRows';
import { useSelection } from '@/ui/list/useSelection';
import { NoSuchPage } from '@/ui/NoSuchPage';
import { PageBar } from '@/ui/PageBar';
import { ErrorState } from '@/ui/States';
import { ViewTabs } from '@/ui/views/ViewTabs';
import { ListEmpty } from './ListEmpty';
import styles from './list.module.css';
import { quotationColumns } from './listColumns';
import { viewFilter, viewOf, views } from './listView';
import { useManyActions } from './useManyActions';

export function ListPage() {
  const kind = useKind('quotation');
  return kind ? <QuotationList kind={kind} /> : <NoSuchPage />;
}

/** Quotations by date, the drafts among them. A row opens its editor or its paper at once. */
function QuotationList({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const go = useGo();
  const { currency } = useSession();
  const compact = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false }) ?? false;
  // The name is number and subject in one: a list has both, and the subject leads.
  const listed = useMemo(() => ({ ...kind, title: 'subject' }), [kind]);
  const state = useListState(listed);
  const { search, change, q, where, grouping, groupSort } = state;
  const { sort } = state.query;
  const view = viewOf(search);
  const query = useMemo(() => {
    const words = q.trim() && `${kind.title} ~ ${quote(q.trim())}`;
    return { where: both(viewFilter(search), both(words, where)), sort };
  }, [search, q, where, sort, kind.title]);
  const rows = useRows(kind.name, query, grouping === undefined);
  const grouped = useGroupedRows(listed, query, grouping, groupSort, sumFields(kind, state.columns));
  const table = grouped ?? { ...rows, total: rows.counted ? rows.total : Math.max(rows.total, 30) };
  const selection = useSelection(kind.name, query, rows.total);
  const [spot, setSpot] = useState<Spot>(() => ({ row: lastList(kind.name, search)?.row ?? 0, col: 0 }));
  const [editing, setEditing] = useState<Editing | null>(null);
  const columns = useMemo(
    () => quotationColumns(kind, state.columns, currency, compact),
    [kind, state.columns, currency, compact],
  );
  const gridId = 'grid-quotation';
  const focusGrid = useCallback(() => document.getElementById(gridId)?.focus({ preventScroll: true }), []);
  const { copy, remove } = useManyActions(selection, columns);

  useEffect(() => keep('home', '/quotation'), []);
  useEffect(() => rememberList(kind.name, search, spot.row), [kind.name, search, spot.row]);
  const create = () => go('/quotation/new');
  useCommands([
    {
      id: 'create:quotation',
      icon: PlusIcon,
      title: 'sales:kind.quotation.new',
      group: 'create',
      shortcut: 'c',
      run: create,
    },
  ]);
  useListCommands(kind, {
    selected: selection.picked.size,
    create,
    copy: () => void copy(),
    remove: () => void remove(),
  });
  const edit = (at: Spot, typed?: string) => {
    const row = table.at(at.row);
    if (!row) return;
    if (!columns[at.col]?.editable) return go(`/quotation/${row.id}`);
    setSpot(at);
    setEditing({ ...at, typed });
  };
  // A filter may name a field of the user's own that has been hidden since.
  const kinds = useKinds();
  const lost = useMemo(() => lostFields(kinds, kind, readFilter(where)), [kinds, kind, where]);
  const takeOut = () => {
    const filter = readFilter(where);
    if (filter) change({ where: compose(withoutLost(kinds, kind, filter)) || undefined }, true);
  };
  const empty = rows.counted && rows.total === 0 && !rows.error;
  return (
    <>
      <PageBar title={kindMany(kind)} />
      <ViewTabs kind={listed} state={state} />
      <div className={styles.views}>
        <SegmentedControl
          size="xs"
          aria-label={t('sales:page.list.view')}
          value={view}
          onChange={(next) => change({ status: next === 'all' ? undefined : next }, true)}
          data={views.map((value) => ({ value, label: t(`sales:page.list.${value}`) }))}
        />
        <Button size="xs" leftSection={<PlusIcon size={16} />} onClick={create}>
          {t('sales:kind.quotation.new')}
        </Button>
      </div>
      <ListToolbar
        kind={listed}
        state={state}
        links={table.links}
        onCreate={create}
        onGrid={focusGrid}
        onFold={grouped?.foldAll}
      />
      <div className={styles.table}>
        {lost.length > 0 ? (
          <LostFields names={lost} onTakeOut={takeOut} />
        ) : rows.error || table.error ? (
          <ErrorState error={rows.error ?? table.error} retry={rows.error ? rows.retry : table.retry} />
        ) : empty ? (
          <ListEmpty
            kind={kind}
            filtered={state.filtered || view !== 'all'}
            onClear={() => change({ q: undefined, where: undefined, status: undefined })}
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
            onSpot={setSpot}
            onOpen={(row) => go(`/quotation/${row.id}`)}
            onClose={focusGrid}
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
                  fields={allColumnFields(kind)}
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
        <ListFooter rows={rows} one={inSentence(kindOne(kind))} many={inSentence(kindMany(kind))}>
          <ListSums kind={kind} rows={rows} where={query.where} columns={state.columns} />
        </ListFooter>
      </div>
    </>
  );
}
