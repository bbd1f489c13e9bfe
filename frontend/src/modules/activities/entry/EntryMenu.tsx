import { ActionIcon, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import { deleteRecord, refresh } from '@/api/queries';
import type { Detail } from '@/api/types';
import type { PresenterProps } from '@/lib/modules';
import { recordPath, useGo } from '@/lib/nav';
import { titleOf } from '@/lib/words';
import { BinIcon, MoreIcon, PageIcon } from '@/ui/icons';
import { reportChange, reportFault } from '@/ui/undo';
import { putOff } from '../putOff';
import { settleTask, taskOf } from '../settle';

/** What can be done with a call, meeting or task where it stands in a timeline. */
export function EntryMenu({ entry, owner }: PresenterProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const go = useGo();
  const { kind, record } = entry;
  if (!record) return null;
  const title = titleOf(record) || t(`activities:kind.${kind}.one`);
  const remove = async () => {
    try {
      const now = await call<Detail>(`/records/${kind}/${record.id}`);
      const saved = await deleteRecord(kind, record.id, now.record.version);
      refresh(client, [{ kind, id: record.id }, owner]);
      reportChange(t('activities:page.deleted', { title }), saved.batch);
    } catch (error) {
      reportFault(error);
    }
  };
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t('activities:page.more', { title: title.split('\n')[0] })}
        >
          <MoreIcon size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<PageIcon size={15} />} onClick={() => go(recordPath(kind, record.id))}>
          {t('activities:page.open')}
        </Menu.Item>
        {kind === 'task' && !record.done && (
          <>
            <Menu.Item onClick={() => void settleTask(taskOf(record), 'tomorrow')}>
              {t('activities:page.settle.tomorrow')}
            </Menu.Item>
            <Menu.Item onClick={() => void settleTask(taskOf(record), 'nextWeek')}>
              {t('activities:page.settle.nextWeek')}
            </Menu.Item>
            <Menu.Item onClick={() => putOff.set(taskOf(record))}>{t('activities:page.settle.until')}</Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item color="red" leftSection={<BinIcon size={15} />} onClick={() => void remove()}>
          {t('activities:note.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
