import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import type { Kind } from '@/api/types';
import { useGo, usePageSearch } from '@/lib/nav';
import { RecordList } from '@/ui/list/RecordList';
import { NoSuchPage } from '@/ui/NoSuchPage';
import styles from './list.module.css';
import { quotationColumns } from './listColumns';
import { viewFilter, viewOf, views } from './listView';

export function ListPage() {
  const kind = useKind('quotation');
  return kind ? <QuotationList kind={kind} /> : <NoSuchPage />;
}

/** Quotations by date, the drafts among them. A row opens its editor or its paper at once. */
function QuotationList({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const go = useGo();
  const [search] = usePageSearch();
  // The name is number and subject in one: a list has both, and the subject leads.
  const listed = useMemo(() => ({ ...kind, title: 'subject' }), [kind]);
  return (
    <RecordList
      kind={listed}
      own={{
        searched: kind.title,
        where: viewFilter(search),
        cleared: { status: undefined },
        columns: quotationColumns,
        create: () => go('/quotation/new'),
        head: (change) => (
          <div className={styles.views}>
            <SegmentedControl
              size="xs"
              aria-label={t('sales:page.list.view')}
              value={viewOf(search)}
              onChange={(next) => change({ status: next === 'all' ? undefined : next }, true)}
              data={views.map((value) => ({ value, label: t(`sales:page.list.${value}`) }))}
            />
          </div>
        ),
      }}
    />
  );
}
