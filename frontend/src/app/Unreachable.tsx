import { useTranslation } from 'react-i18next';
import { explain } from '@/ui/explain';
import { OfflineIcon } from '@/ui/icons';
import { PlainPage } from './PlainPage';

export function Unreachable({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <PlainPage
      icon={<OfflineIcon size={26} stroke={1.6} />}
      title={t('fault.away.title')}
      text={explain(error)}
      action={{ label: t('action.retry'), run: retry }}
    />
  );
}
