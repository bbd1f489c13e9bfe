import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { href } from '@/lib/nav';
import { BackIcon } from '@/ui/icons';

export function BackLink() {
  const { t } = useTranslation();
  return (
    <ActionIcon
      component="a"
      href={href('/quotation')}
      variant="subtle"
      color="gray"
      size={30}
      aria-label={t('record.back', { names: t('sales:kind.quotation.many') })}
    >
      <BackIcon size={18} stroke={1.7} />
    </ActionIcon>
  );
}
