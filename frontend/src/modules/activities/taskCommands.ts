import type { Row, SettleHow } from '@/api/types';
import { type Command, shownRecord } from '@/lib/commands';
import { CheckIcon } from '@/ui/icons';
import { putOff } from './putOff';
import { settleTask, taskOf } from './settle';

const shown = (done: boolean): Row | undefined => {
  const record = shownRecord.get();
  return record?.kind === 'task' && !record.deletedAt && Boolean(record.done) === done ? record : undefined;
};

const settling = (how: SettleHow, shortcut: string): Command => {
  const task = () => shown(how === 'reopen');
  return {
    id: `task.${how}`,
    title: `activities:page.settle.${how}`,
    group: 'page',
    shortcut,
    icon: how === 'done' ? CheckIcon : undefined,
    when: () => task() !== undefined,
    offered: () => ['record'],
    run: () => {
      const record = task();
      if (!record) return;
      if (how === 'until') putOff.set(taskOf(record));
      else void settleTask(taskOf(record), how);
    },
  };
};

/** What the page of a task offers: by its state, and from the version that is on screen. */
export const taskCommands: Command[] = [
  settling('done', 'd'),
  settling('tomorrow', 't'),
  settling('nextWeek', 'w'),
  settling('until', 'l'),
  settling('reopen', 'o'),
];
