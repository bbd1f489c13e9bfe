import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useKinds, useSession } from '@/api/house';
import { caps } from '@/lib/commands';
import { palette } from '@/lib/dialogs';
import { type NavEntry, navEntries } from '@/lib/modules';
import { href } from '@/lib/nav';
import { Avatar } from '@/ui/Avatar';
import { SearchIcon } from '@/ui/icons';
import { Keys } from '@/ui/Keys';
import styles from './SideNav.module.css';

const groups: NavEntry['group'][] = ['top', 'relationships', 'selling', 'program'];

export function SideNav() {
  const { t } = useTranslation();
  const session = useSession();
  const kinds = useKinds();
  const path = useRouterState({ select: (s) => s.location.pathname });
  const entries = navEntries().filter((e) => !e.kind || kinds.some((k) => k.name === e.kind));

  return (
    <nav className={styles.nav} aria-label={t('shell.navigation')}>
      <div className={styles.house}>
        <span className={styles.mark} aria-hidden="true">
          {[...session.workspace][0]?.toLocaleUpperCase() ?? 'K'}
        </span>
        <span className={styles.name}>{session.workspace}</span>
      </div>
      <button type="button" className={styles.search} onClick={() => palette.set(true)}>
        <SearchIcon size={15} />
        <span>{t('palette.open')}</span>
        <Keys caps={caps('mod+k')} />
      </button>
      <div className={styles.entries}>
        {groups.map((group) => {
          const own = entries.filter((e) => e.group === group);
          if (own.length === 0) return null;
          return (
            <div key={group} className={styles.group} data-group={group}>
              {group !== 'top' && group !== 'program' && <div className={styles.head}>{t(`shell.group.${group}`)}</div>}
              {own.map(({ to, title, icon: Icon }) => {
                const here = path === to || path.startsWith(`${to}/`);
                return (
                  <a key={to} className={styles.entry} href={href(to)} aria-current={here ? 'page' : undefined}>
                    <Icon size={17} stroke={1.6} />
                    <span>{t(title)}</span>
                  </a>
                );
              })}
            </div>
          );
        })}
      </div>
      <div className={styles.user}>
        <Avatar id={session.user.id} name={session.user.name} size={28} round />
        <span className={styles.who}>
          <strong>{session.user.name}</strong>
          <span>{t(`access:option.user.role.${session.user.role}`, { defaultValue: session.user.role })}</span>
        </span>
      </div>
    </nav>
  );
}
