import { useTranslation } from 'react-i18next';
import { WarnIcon } from '@/ui/icons';
import { PlainPage } from './PlainPage';

export function FaultPage({ detail, inside }: { detail: string; inside?: boolean }) {
  const { t } = useTranslation();
  return (
    <PlainPage
      inside={inside}
      icon={<WarnIcon size={28} stroke={1.6} />}
      title={t('fault.page.title')}
      text={t('fault.page.text')}
      detail={detail}
      action={{ label: t('fault.page.reload'), run: () => window.location.reload() }}
    />
  );
}
