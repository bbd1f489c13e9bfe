import type { Command } from '@/lib/commands';
import { palette, shortcutHelp } from '@/lib/dialogs';
import { navEntries } from '@/lib/modules';
import { HelpIcon, SearchIcon, UndoIcon } from '@/ui/icons';
import { undoLast } from '@/ui/undo';

/** What the shell itself can do: open the palette, show the keys, undo, and go where the menu leads. */
export function shellCommands(): Command[] {
  return [
    {
      id: 'palette',
      title: 'ui:command.palette',
      group: 'program',
      shortcut: 'mod+k',
      icon: SearchIcon,
      anywhere: true,
      run: () => palette.set((open) => !open),
    },
    {
      id: 'help',
      title: 'ui:command.help',
      group: 'program',
      shortcut: '?',
      icon: HelpIcon,
      run: () => shortcutHelp.set(true),
    },
    {
      id: 'undo',
      title: 'ui:command.undo',
      group: 'program',
      shortcut: 'mod+z',
      icon: UndoIcon,
      run: () => void undoLast(),
    },
    ...navEntries().map(
      (entry): Command => ({
        id: `go:${entry.to}`,
        title: entry.title,
        group: 'go',
        shortcut: entry.key ? `g ${entry.key}` : undefined,
        icon: entry.icon,
        run: (scene) => scene.go(entry.to),
      }),
    ),
  ];
}
