import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind, useSession } from '@/api/house';
import type { Kind } from '@/api/types';
import { useCommands } from '@/lib/commands';
import { both } from '@/lib/filter';
import { keep } from '@/lib/keep';
import { lastList, rememberList, useGo } from '@/lib/nav';
import { inSentence, kindMany, kindOne } from '@/lib/words';
import { FilterBar } from '@/ui/filter/FilterBar';
import { FilterIcon, PlusIcon, QuotationIcon, SearchIcon } from '@/ui/icons';
import { DataTable } from '@/ui/list/DataTable';
import { ListFooter } from '@/ui/list/ListFooter';
import { ListMenu } from '@/ui/list/ListMenu';
import type { Spot } from '@/ui/list/table';
import { useListState } from '@/ui/list/useListState';
import { useRows } from '@/ui/list/useRows';
import { NoSuchPage } from '@/ui/NoSuchPage';
import { PageBar } from '@/ui/PageBar';
import { EmptyState, ErrorState } from '@/ui/States';
import styles from './list.module.css';
import { quotationColumns } from './listColumns';
import { viewFilter, viewOf, views } from './listView';

export function ListPage() {
  const kind = useKind('quotation');
  return kind ? <QuotationList kind={kind} /> : <NoSuchPage />;
}

const none = new Set<string>();

/** Quotations by date, the drafts among them. A row opens its editor or its paper at once. */
function QuotationList({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const go = useGo();
  const { currency } = useSession();
  const compact = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const state = useListState(kind);
  const { search, change } = state;
  const view = viewOf(search);
  const query = useMemo(
    () => ({ ...state.query, where: both(viewFilter(search), state.query.where) }),
    [state.query, search],
  );
  const rows = useRows(kind.name, query);
  const [spot, setSpot] = useState<Spot>(() => ({ row: lastList(kind.name, search)?.row ?? 0, col: 0 }));
  const [text, setText] = useState(state.q);
  const ask = useDebouncedCallback((q: string) => change({ q: q.trim() || undefined }), 120);
  const columns = useMemo(() => quotationColumns(kind, currency, compact), [kind, currency, compact]);
  const gridId = 'grid-quotation';

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
    {
      id: 'list.find',
      title: 'ui:command.find',
      group: 'page',
      shortcut: '/',
      run: () => document.getElementById('list-find')?.focus(),
    },
    {
      id: 'list.filter',
      title: 'ui:command.filter',
      group: 'page',
      shortcut: 'f',
      run: () => document.querySelector<HTMLElement>('[data-filter-add]')?.click(),
    },
  ]);

  const filter = (
    <FilterBar
      kind={kind}
      where={state.where}
      links={rows.links}
      onChange={(where) => change({ where: where || undefined }, true)}
    />
  );
  const empty = rows.counted && rows.total === 0 && !rows.error;
  const filtered = state.filtered || view !== 'all';
  const newButton = (
    <Button leftSection={<PlusIcon size={16} />} onClick={create}>
      {t('sales:kind.quotation.new')}
    </Button>
  );
  return (
    <>
      <PageBar title={kindMany(kind)} />
      <div className={styles.toolbar}>
        <SegmentedControl
          size="xs"
          aria-label={t('sales:page.list.view')}
          value={view}
          onChange={(next) => change({ view: next === 'all' ? undefined : next }, true)}
          data={views.map((value) => ({ value, label: t(`sales:page.list.${value}`) }))}
        />
        <TextInput
          id="list-find"
          className={styles.find}
          aria-label={t('list.find', { names: inSentence(kindMany(kind)) })}
          placeholder={t('list.find', { names: inSentence(kindMany(kind)) })}
          leftSection={<SearchIcon size={15} />}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value);
            ask(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault();
              document.getElementById(gridId)?.focus();
            }
          }}
        />
        <div className={styles.filters}>{!state.where && filter}</div>
        <ListMenu />
        {newButton}
      </div>
      {state.where && <div className={styles.chips}>{filter}</div>}
      <div className={styles.table}>
        {rows.error ? (
          <ErrorState error={rows.error} retry={rows.retry} />
        ) : empty && filtered ? (
          <EmptyState
            icon={<FilterIcon size={24} stroke={1.6} />}
            title={t('list.noHits')}
            text={t('list.noHitsText', { names: inSentence(kindMany(kind)) })}
          >
            <Button
              variant="default"
              onClick={() => {
                setText('');
                change({ q: undefined, where: undefined, view: undefined });
              }}
            >
              {t('filter.clear')}
            </Button>
          </EmptyState>
        ) : empty ? (
          <EmptyState
            icon={<QuotationIcon size={24} stroke={1.6} />}
            title={t('list.empty', { names: inSentence(kindMany(kind)) })}
            text={t('sales:page.list.empty')}
          >
            {newButton}
            <Button variant="default" onClick={() => go('/product')}>
              {t('sales:page.list.products')}
            </Button>
          </EmptyState>
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
            selected={none}
            onSelect={() => undefined}
            onSelectAll={() => undefined}
            spot={spot}
            onSpot={setSpot}
            onOpen={(row) => go(`/quotation/${row.id}`)}
            onClose={() => undefined}
            onEdit={(at) => {
              const row = rows.at(at.row);
              if (row) go(`/quotation/${row.id}`);
            }}
            compact={compact}
          />
        )}
        <ListFooter rows={rows} one={inSentence(kindOne(kind))} many={inSentence(kindMany(kind))} />
      </div>
    </>
  );
}
