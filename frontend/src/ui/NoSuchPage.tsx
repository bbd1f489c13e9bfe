import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useGo } from '@/lib/nav';
import { SearchIcon } from './icons';
import { PageBar } from './PageBar';
import { EmptyState } from './States';

export function NoSuchPage() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      <PageBar title={t('fault.nowhere.title')} />
      <EmptyState icon={<SearchIcon size={24} />} title={t('fault.nowhere.title')} text={t('fault.nowhere.text')}>
        <Button onClick={() => go('/')}>{t('fault.nowhere.home')}</Button>
      </EmptyState>
    </>
  );
}
