import i18next from 'i18next';
import { ApiError } from '@/api/client';
import { settleActivity } from '@/api/queries';
import type { Row, Saved, SettleHow } from '@/api/types';
import { day } from '@/lib/format';
import { titleOf } from '@/lib/words';
import { reportChange, reportFault } from '@/ui/undo';

/** A task as somebody sees it: settling tells from which version it was decided. */
export type Task = { id: string; title: string; version?: number };

export const taskOf = (row: Row): Task => ({ id: row.id, title: titleOf(row), version: row.version });

const said: Record<SettleHow, string> = {
  done: 'activities:page.settled.done',
  tomorrow: 'activities:page.settled.due',
  nextWeek: 'activities:page.settled.due',
  until: 'activities:page.settled.due',
  reopen: 'activities:page.settled.reopen',
};

/** Does a task, puts it off or opens it again, and says so with the way back. */
export async function settle(task: Task, how: SettleHow, until?: string): Promise<Saved> {
  const saved = await settleActivity('task', task.id, how, task.version, until);
  const due = saved.record.due ? day(String(saved.record.due)) : '';
  if (saved.changed) reportChange(i18next.t(said[how], { title: task.title, day: due }), saved.batch);
  return saved;
}

/** The same where no form stands that could show a fault. Answers undefined where it was refused. */
export async function settleTask(task: Task, how: SettleHow): Promise<Saved | undefined> {
  try {
    return await settle(task, how);
  } catch (error) {
    const now = error instanceof ApiError && error.code === 'stale' ? error.current : undefined;
    if (now) reportChange(meanwhile(task, now), undefined);
    else reportFault(error);
    return undefined;
  }
}

/** What became of a task while somebody looked at how it was before. */
export function meanwhile({ title }: Task, now: Row): string {
  if (now.deletedAt) return i18next.t('activities:page.meanwhile.deleted', { title });
  if (now.done) return i18next.t('activities:page.meanwhile.done', { title });
  if (titleOf(now) === title && now.due)
    return i18next.t('activities:page.meanwhile.due', { title, day: day(String(now.due)) });
  return i18next.t('activities:page.meanwhile.changed', { title, now: titleOf(now) });
}
