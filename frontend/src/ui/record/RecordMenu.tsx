import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import type { Kind, ListRow, Row } from '@/api/types';
import { href, useGo } from '@/lib/nav';
import { titleOf } from '@/lib/words';
import { addressLines } from '../fields/fieldText';
import { BinIcon, CopyIcon, HistoryIcon, MoreIcon } from '../icons';
import { OfferedItems } from '../OfferedItems';
import { reportFault } from '../undo';
import { useDelete } from './useDelete';

type Props = { kind: Kind; record: Row; offered?: boolean; onGone?: () => void };

export function RecordMenu({ kind, record, offered, onGone }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const remove = useDelete();
  const addresses = (Array.isArray(record.addresses) ? record.addresses : []) as ListRow[];
  const address = addresses[0];
  const copyAddress = async () => {
    try {
      await platform().copy([titleOf(record), ...addressLines(address ?? {})].join('\n'));
      notifications.show({ message: t('record.copied'), withBorder: true });
    } catch (error) {
      reportFault(error);
    }
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('record.menu')}>
          <MoreIcon size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {offered && !record.deletedAt && <OfferedItems place="record" />}
        {address && (
          <Menu.Item leftSection={<CopyIcon size={16} />} onClick={() => void copyAddress()}>
            {t('record.copyAddress')}
          </Menu.Item>
        )}
        <Menu.Item
          component="a"
          href={href(`/history?record=${record.id}&kind=${kind.name}`)}
          leftSection={<HistoryIcon size={16} />}
          onClick={(event: React.MouseEvent) => {
            event.preventDefault();
            go(`/history?record=${record.id}&kind=${kind.name}`);
          }}
        >
          {t('record.history')}
        </Menu.Item>
        {!record.deletedAt && (
          <>
            <Menu.Divider />
            <Menu.Item
              color="red"
              leftSection={<BinIcon size={16} />}
              onClick={() => void remove(kind, record).then((ok) => ok && onGone?.())}
            >
              {t('record.delete')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
