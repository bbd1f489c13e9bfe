import { useTranslation } from 'react-i18next';
import { useGo } from '@/lib/nav';
import { SearchIcon } from '@/ui/icons';
import { PlainPage } from './PlainPage';

export function NotFound() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <PlainPage
      icon={<SearchIcon size={28} stroke={1.6} />}
      title={t('fault.nowhere.title')}
      text={t('fault.nowhere.text')}
      action={{ label: t('fault.nowhere.home'), run: () => go('/company') }}
    />
  );
}
