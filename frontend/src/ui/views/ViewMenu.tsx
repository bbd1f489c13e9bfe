import { ActionIcon, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listPath, useGo } from '@/lib/nav';
import { BackIcon, BinIcon, ChevronRightIcon, EditIcon, MoreIcon, PeopleIcon, PersonIcon } from '../icons';
import { reportChange, reportFault } from '../undo';
import { ViewDialog } from './ViewDialog';
import { changeView, deleteView, type SavedView, type View, type ViewChange, viewsKey } from './views';

/** What can be done with the open view: name, share, order, delete. Each can be undone. */
export function ViewMenu({ view, first, last }: { view: View; first: boolean; last: boolean }) {
  const { t } = useTranslation();
  const go = useGo();
  const client = useQueryClient();
  const [naming, setNaming] = useState(false);

  const report = async (text: string, done: SavedView) => {
    await client.invalidateQueries({ queryKey: viewsKey });
    reportChange(text, done.batch);
  };
  const act = async (text: string, patch: ViewChange) => {
    try {
      await report(text, await changeView(view.id, patch));
    } catch (error) {
      reportFault(error);
    }
  };
  const remove = async () => {
    try {
      const done = await deleteView(view.id);
      go(listPath(view.kind));
      await report(t('view:page.deleted', { name: view.name }), done);
    } catch (error) {
      reportFault(error);
    }
  };
  const saved = t('view:page.saved', { name: view.name });
  return (
    <>
      <Menu position="bottom-start" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={t('view:page.menu', { name: view.name })}>
            <MoreIcon size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<EditIcon size={15} />} onClick={() => setNaming(true)}>
            {t('view:page.rename')}
          </Menu.Item>
          <Menu.Item
            leftSection={view.shared ? <PersonIcon size={15} /> : <PeopleIcon size={15} />}
            onClick={() => void act(saved, { shared: !view.shared })}
          >
            {t(view.shared ? 'view:page.keep' : 'view:page.share')}
          </Menu.Item>
          <Menu.Item
            leftSection={<BackIcon size={15} />}
            disabled={first}
            onClick={() => void act(saved, { move: -1 })}
          >
            {t('view:page.left')}
          </Menu.Item>
          <Menu.Item
            leftSection={<ChevronRightIcon size={15} />}
            disabled={last}
            onClick={() => void act(saved, { move: 1 })}
          >
            {t('view:page.right')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<BinIcon size={15} />} onClick={() => void remove()}>
            {t('view:page.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <ViewDialog
          view={view}
          onClose={() => setNaming(false)}
          onSave={async (name, shared) => {
            const done = await changeView(view.id, { version: view.version, name, shared });
            setNaming(false);
            await report(t('view:page.saved', { name }), done);
          }}
        />
      )}
    </>
  );
}
