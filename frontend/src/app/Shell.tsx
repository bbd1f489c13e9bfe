import { Drawer } from '@mantine/core';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { drawer } from '@/lib/dialogs';
import { standing } from '@/lib/modules';
import { CreateDialog } from '@/ui/create/CreateDialog';
import { StaleDialog } from '@/ui/record/StaleDialog';
import { ViewCommands } from '@/ui/views/ViewCommands';
import { HotKeys } from './HotKeys';
import { Listener } from './Listener';
import { Palette } from './Palette';
import styles from './Shell.module.css';
import { ShortcutHelp } from './ShortcutHelp';
import { SideNav } from './SideNav';

export function Shell() {
  const { t } = useTranslation();
  const open = drawer.use();
  const path = useRouterState({ select: (s) => s.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes whenever the page changes
  useEffect(() => drawer.set(false), [path]);

  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={skipToPage}>
        {t('shell.skip')}
      </button>
      <div className={styles.side}>
        <SideNav />
      </div>
      <Drawer
        opened={open}
        onClose={() => drawer.set(false)}
        size={276}
        padding={0}
        title={t('shell.menu')}
        classNames={{ header: styles.drawerHead, body: styles.drawerBody, content: styles.drawerContent }}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <SideNav />
      </Drawer>
      <main className={styles.page} id="page" tabIndex={-1}>
        <Outlet />
      </main>
      <ViewCommands />
      <HotKeys />
      <Listener />
      <Palette />
      <ShortcutHelp />
      <CreateDialog />
      <StaleDialog />
      {standing().map((Part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the modules are the same for as long as the page lives
        <Part key={i} />
      ))}
    </div>
  );
}

function skipToPage() {
  const grid = document.querySelector<HTMLElement>('#page [role="grid"]');
  (grid ?? document.getElementById('page'))?.focus();
}
