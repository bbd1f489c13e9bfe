import { useTranslation } from 'react-i18next';
import { PageBar } from '@/ui/PageBar';
import { BatchList } from './BatchList';
import { BatchPage } from './BatchPage';
import { HistoryFilters } from './HistoryFilters';
import styles from './history.module.css';
import { useHistoryFilter } from './useHistoryFilter';

/** What was done in the whole workspace, newest first; one batch, all of it. */
export function HistoryPage() {
  const { t } = useTranslation();
  const { filter } = useHistoryFilter();
  return (
    <>
      <PageBar title={t('history:title')} />
      <HistoryFilters />
      <div className={styles.scroll}>
        {filter.batch ? <BatchPage key={filter.batch} id={filter.batch} /> : <BatchList />}
      </div>
    </>
  );
}
