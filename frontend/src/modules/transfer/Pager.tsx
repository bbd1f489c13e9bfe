import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { ChevronLeftIcon, ChevronRightIcon } from '@/ui/icons';
import styles from './transfer.module.css';

export function Pager({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  const { t } = useTranslation();
  if (pages < 2) return null;
  return (
    <div className={styles.pager}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('transfer:page.pager.previous')}
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      >
        <ChevronLeftIcon size={16} />
      </ActionIcon>
      <span aria-live="polite">{t('transfer:page.pager.page', { page: number(page + 1), pages: number(pages) })}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('transfer:page.pager.next')}
        disabled={page >= pages - 1}
        onClick={() => onPage(page + 1)}
      >
        <ChevronRightIcon size={16} />
      </ActionIcon>
    </div>
  );
}
