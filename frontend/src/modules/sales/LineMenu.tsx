import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { caps } from '@/lib/commands';
import { BinIcon, CheckIcon, DownIcon, DuplicateIcon, MoreIcon, UpIcon } from '@/ui/icons';
import { Keys } from '@/ui/Keys';
import type { Line } from './document';

export type LineAction = 'up' | 'down' | 'duplicate' | 'optional' | 'delete';

type Props = {
  line: Line;
  position: string;
  first: boolean;
  last: boolean;
  onAction: (action: LineAction) => void;
};

/** What can be done with a line, with the keys that do the same. */
export function LineMenu({ line, position, first, last, onAction }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={236}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-label={t('sales:page.lines.menu', { position: position || t(`sales:page.lines.kind.${line.kind}`) })}
        >
          <MoreIcon size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {line.kind === 'item' && (
          <Menu.Item
            leftSection={line.optional ? <CheckIcon size={15} /> : <span style={{ width: 15 }} />}
            onClick={() => onAction('optional')}
          >
            {t('sales:page.lines.makeOptional')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<DuplicateIcon size={15} />}
          rightSection={<Keys caps={caps('mod+shift+d')} />}
          onClick={() => onAction('duplicate')}
        >
          {t('sales:page.lines.duplicate')}
        </Menu.Item>
        <Menu.Item
          leftSection={<UpIcon size={15} />}
          rightSection={<Keys caps={caps('alt+arrowup')} />}
          disabled={first}
          onClick={() => onAction('up')}
        >
          {t('sales:page.lines.up')}
        </Menu.Item>
        <Menu.Item
          leftSection={<DownIcon size={15} />}
          rightSection={<Keys caps={caps('alt+arrowdown')} />}
          disabled={last}
          onClick={() => onAction('down')}
        >
          {t('sales:page.lines.down')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<BinIcon size={15} />}
          rightSection={<Keys caps={caps('mod+shift+backspace')} />}
          onClick={() => onAction('delete')}
        >
          {t('sales:page.lines.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
