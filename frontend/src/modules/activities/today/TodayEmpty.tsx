import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useGo } from '@/lib/nav';
import { PlusIcon, TodayIcon } from '@/ui/icons';
import { EmptyState } from '@/ui/States';

export function TodayEmpty() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <EmptyState
      icon={<TodayIcon size={24} stroke={1.6} />}
      title={t('activities:page.today.none')}
      text={t('activities:page.today.noneText')}
    >
      <Button leftSection={<PlusIcon size={16} />} onClick={() => document.getElementById('quick-task')?.focus()}>
        {t('activities:kind.task.new')}
      </Button>
      <Button variant="default" onClick={() => go('/company')}>
        {t('contacts:kind.company.many')}
      </Button>
    </EmptyState>
  );
}
