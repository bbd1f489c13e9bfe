import i18next from 'i18next';
import { settleActivity } from '@/api/queries';
import type { Saved, SettleHow } from '@/api/types';
import { day } from '@/lib/format';
import { reportChange, reportFault } from '@/ui/undo';

const said: Record<SettleHow, string> = {
  done: 'activities:page.settled.done',
  tomorrow: 'activities:page.settled.due',
  nextWeek: 'activities:page.settled.due',
  reopen: 'activities:page.settled.reopen',
};

/** Does a task, puts it off or opens it again, and says so with the way back. Answers undefined where it was refused. */
export async function settleTask(id: string, title: string, how: SettleHow): Promise<Saved | undefined> {
  try {
    const saved = await settleActivity('task', id, how);
    const due = saved.record.due ? day(String(saved.record.due)) : '';
    if (saved.changed) reportChange(i18next.t(said[how], { title, day: due }), saved.batch);
    return saved;
  } catch (error) {
    reportFault(error);
    return undefined;
  }
}
