import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CheckIcon, MoonIcon, SunIcon, SystemIcon } from './icons';

const schemes = [
  { id: 'light', icon: SunIcon },
  { id: 'dark', icon: MoonIcon },
  { id: 'auto', icon: SystemIcon },
] as const;

export function SchemeToggle() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light');
  const Shown = shown === 'dark' ? SunIcon : MoonIcon;
  return (
    <Menu position="bottom-end" width={170}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('scheme.label')}>
          <Shown size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ id, icon: Icon }) => (
          <Menu.Item
            key={id}
            role="menuitemradio"
            aria-checked={colorScheme === id}
            leftSection={<Icon size={16} stroke={1.7} />}
            rightSection={colorScheme === id ? <CheckIcon size={15} /> : null}
            onClick={() => setColorScheme(id)}
          >
            {t(`scheme.${id}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
