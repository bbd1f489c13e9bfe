import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Place } from '@/lib/commands';
import { useOffered } from './offered';

/** An item of a menu for each command that belongs here. */
export function OfferedItems({ place }: { place: Place }) {
  const { t } = useTranslation();
  return useOffered(place).map(({ id, title, params, icon: Icon, run }) => (
    <Menu.Item key={id} leftSection={Icon && <Icon size={16} stroke={1.7} />} onClick={run}>
      {t(title, params)}
    </Menu.Item>
  ));
}
