import { call } from '@/api/client';
import type { Detail, SettleHow } from '@/api/types';
import type { Scene } from '@/lib/commands';
import { titleOf } from '@/lib/words';
import { reportFault } from '@/ui/undo';
import { settleTask } from './settle';

/** The path of a task's page. */
export const taskPath = /^\/task\/([0-9A-Za-z]{13})$/;

/** Settles the task whose page is open; the page hears of it as of every change. */
export async function settleOpen(scene: Scene, how: SettleHow): Promise<void> {
  const id = taskPath.exec(scene.path)?.[1];
  if (!id) return;
  try {
    const { record } = await call<Detail>(`/records/task/${id}`);
    await settleTask(id, titleOf(record), how);
  } catch (error) {
    reportFault(error);
  }
}
