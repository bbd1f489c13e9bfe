import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Row } from '@/api/types';
import { BinIcon, DownloadIcon, LockIcon, MoreIcon, PageIcon } from '@/ui/icons';
import { Ask } from './Ask';
import { useActions } from './useActions';

type Props = { row: Row; onOpen?: () => void; onGone?: () => void };

/** What can be done with a mail, besides reading it. */
export function LetterMenu({ row, onOpen, onGone }: Props) {
  const { t } = useTranslation();
  const { setPrivate, remove, saveSource } = useActions(row);
  const [asking, setAsking] = useState(false);
  const hidden = row.private === true;
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={t('mail:page.menu.label')}>
            <MoreIcon size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {onOpen && (
            <Menu.Item leftSection={<PageIcon size={15} />} onClick={onOpen}>
              {t('mail:page.menu.open')}
            </Menu.Item>
          )}
          {!hidden && (
            <Menu.Item leftSection={<DownloadIcon size={15} />} onClick={() => void saveSource()}>
              {t('mail:page.menu.source')}
            </Menu.Item>
          )}
          {!row.deletedAt && (
            <>
              <Menu.Item
                leftSection={<LockIcon size={15} />}
                onClick={() => (hidden ? void setPrivate(false) : setAsking(true))}
              >
                {t(hidden ? 'mail:page.private.end' : 'mail:page.private.menu')}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<BinIcon size={15} />}
                onClick={() => void remove().then((gone) => gone && onGone?.())}
              >
                {t('record.delete')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Ask
          title={t('mail:page.private.title')}
          effects={[t('mail:page.private.forgets'), t('mail:page.private.leaves'), t('mail:page.private.back')]}
          yes={t('mail:page.private.yes')}
          onClose={() => setAsking(false)}
          onYes={() => setPrivate(true)}
        />
      )}
    </>
  );
}
