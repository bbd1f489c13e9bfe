import { ActionIcon, Menu } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { MoreIcon } from './icons';

type Props = { label: string; width?: number; children: ReactNode };

/** The menu of one row among many: there is a button only, until somebody asks for the menu. */
export function MoreMenu({ label, width = 200, children }: Props) {
  const [asked, setAsked] = useState(false);
  const button = (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={24}
      aria-label={label}
      aria-haspopup="menu"
      onClick={() => setAsked(true)}
    >
      <MoreIcon size={16} />
    </ActionIcon>
  );
  if (!asked) return button;
  return (
    <Menu position="bottom-end" width={width} defaultOpened>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
