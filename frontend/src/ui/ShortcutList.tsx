import { useTranslation } from 'react-i18next';
import { caps, useAllCommands } from '@/lib/commands';
import { Keys } from './Keys';
import styles from './ShortcutList.module.css';

/** Keys of the list itself: they belong to the grid, not to a command. */
const inLists: [string, string][] = [
  ['arrowup arrowdown', 'help.list.move'],
  ['enter', 'help.list.open'],
  ['arrowright', 'help.list.cells'],
  ['Space', 'help.list.panel'],
  ['F2', 'help.list.edit'],
  ['x', 'help.list.select'],
  ['mod+a', 'help.list.all'],
  ['escape', 'help.list.close'],
];

/** Every shortcut there is: the commands' own list, so that help never falls behind. */
export function ShortcutList() {
  const { t } = useTranslation();
  const commands = useAllCommands().filter((c) => c.shortcut);
  const groups = ['program', 'go', 'create', 'page'] as const;
  return (
    <div className={styles.columns}>
      {groups.map((group) => {
        const own = commands.filter((c) => c.group === group);
        if (own.length === 0) return null;
        return (
          <section key={group}>
            <h3>{t(`command.group.${group}`)}</h3>
            {own.map((c) => (
              <div key={c.id} className={styles.row}>
                <span>{t(c.title, c.params)}</span>
                <Keys caps={caps(c.shortcut ?? '')} />
              </div>
            ))}
          </section>
        );
      })}
      <section>
        <h3>{t('help.lists')}</h3>
        {inLists.map(([keys, title]) => (
          <div key={keys} className={styles.row}>
            <span>{t(title)}</span>
            <Keys caps={keys === 'arrowright' ? ['←', '→'] : keys === 'Space' || keys === 'F2' ? [keys] : caps(keys)} />
          </div>
        ))}
      </section>
    </div>
  );
}
