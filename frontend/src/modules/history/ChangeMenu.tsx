import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PresenterProps } from '@/lib/modules';
import { useGo } from '@/lib/nav';
import { HistoryIcon, MoreIcon, UndoIcon } from '@/ui/icons';
import { UndoDialog } from './UndoDialog';

export function ChangeMenu({ entry }: PresenterProps) {
  const { t } = useTranslation();
  const go = useGo();
  const [asking, setAsking] = useState(false);
  const change = entry.change;
  if (!change) return null;
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={t('history:menu')}>
            <MoreIcon size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {change.reversible && !change.undone && (
            <Menu.Item leftSection={<UndoIcon size={15} />} onClick={() => setAsking(true)}>
              {t('history:undoThis')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<HistoryIcon size={15} />} onClick={() => go(`/history?batch=${change.batch}`)}>
            {t('history:showBatch')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && <UndoDialog id={change.id} title={change.title} onClose={() => setAsking(false)} />}
    </>
  );
}
