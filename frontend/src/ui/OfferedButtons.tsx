import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Place } from '@/lib/commands';
import { useOffered } from './offered';

/** A button for each command that belongs here. */
export function OfferedButtons({ place, className }: { place: Place; className?: string }) {
  const { t } = useTranslation();
  return useOffered(place).map(({ id, title, params, icon: Icon, run }) => (
    <Button
      key={id}
      className={className}
      variant="default"
      leftSection={Icon && <Icon size={16} stroke={1.7} />}
      onClick={run}
    >
      {t(title, params)}
    </Button>
  ));
}
