import { ActionIcon } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import { drawer } from '@/lib/dialogs';
import { MenuIcon } from './icons';
import styles from './PageBar.module.css';
import { SchemeToggle } from './SchemeToggle';

type Props = { title: string; back?: ReactNode; children?: ReactNode };

/** The bar above every page: its name on the left, what belongs to the whole program on the right. */
export function PageBar({ title, back, children }: Props) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  useEffect(() => {
    document.title = `${title} · ${workspace}`;
  }, [title, workspace]);
  return (
    <header className={styles.bar}>
      <ActionIcon
        className={styles.menu}
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t('shell.menu')}
        onClick={() => drawer.set(true)}
      >
        <MenuIcon size={19} />
      </ActionIcon>
      {back}
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.tools}>
        {children}
        <SchemeToggle />
      </div>
    </header>
  );
}
