import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MoreIcon } from '../icons';
import { OfferedItems } from '../OfferedItems';

/** What else can be done with a list: import into it, take it out as a spreadsheet. */
export function ListMenu() {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size={32} aria-label={t('list.menu')}>
          <MoreIcon size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <OfferedItems place="list" />
      </Menu.Dropdown>
    </Menu>
  );
}
