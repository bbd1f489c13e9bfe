import type { Kind } from '@/api/types';
import { type Command, useCommands } from '@/lib/commands';
import { PlusIcon } from '../icons';

/** What a list can do by keys and from the palette; copying and deleting only while rows are selected. */
type Actions = { selected: number; create?: () => void; copy: () => void; remove: () => void };

/** More rows than this go to the bin through the bar, which asks first. */
const fewRows = 20;

export function useListCommands(kind: Kind, { selected, create, copy, remove }: Actions): void {
  const making: Command | undefined = create && {
    id: `create:${kind.name}`,
    icon: PlusIcon,
    title: `${kind.module}:kind.${kind.name}.new`,
    group: 'create',
    shortcut: 'c',
    run: create,
  };
  useCommands([
    ...(making ? [making] : []),
    {
      id: 'list.find',
      title: 'ui:command.find',
      group: 'page',
      shortcut: '/',
      run: () => document.getElementById('list-find')?.focus(),
    },
    {
      id: 'list.filter',
      title: 'ui:command.filter',
      group: 'page',
      shortcut: 'f',
      run: () => document.querySelector<HTMLElement>('[data-filter-add]')?.click(),
    },
    {
      id: 'list.group',
      title: 'view:page.group.command',
      group: 'page',
      shortcut: 'shift+g',
      when: () => document.querySelector('[data-group-menu]') !== null,
      run: () => document.querySelector<HTMLElement>('[data-group-menu]')?.click(),
    },
    {
      id: 'list.copy',
      title: 'ui:command.copyRows',
      group: 'page',
      shortcut: 'mod+c',
      when: () => selected > 0 && String(window.getSelection()) === '',
      run: copy,
    },
    {
      id: 'list.delete',
      title: 'ui:command.deleteRows',
      group: 'page',
      shortcut: 'delete',
      when: () => selected > 0 && selected <= fewRows,
      run: remove,
    },
  ]);
}
