import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { answered } from '@/api/client';
import { undo } from '@/api/queries';
import { href } from '@/lib/nav';
import { explain } from './explain';
import styles from './undo.module.css';

/** The latest change made here; Ctrl Z takes it back as the toast would. */
let last: { toast: string; back: () => Promise<void> } | null = null;
let ways = 0;

/** Reports a change with the way back. The counter is the mechanism of history: a batch, undone on the server. */
export function reportChange(text: string, batch: string | undefined): void {
  if (!batch) {
    notifications.show({ message: text, withBorder: true });
    return;
  }
  reportWith(text, `undo-${batch}`, () => undoBatch(batch));
}

/** Reports what is not kept in the history, with a way back of its own. */
export function reportWay(text: string, back: () => Promise<void>): void {
  ways++;
  reportWith(text, `way-${ways}`, async () => {
    try {
      await back();
    } catch (error) {
      reportFault(error);
    }
  });
}

function reportWith(text: string, toast: string, back: () => Promise<void>): void {
  last = { toast, back };
  notifications.show({
    id: toast,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('ui:action.close') },
    message: (
      <span className={styles.line}>
        <span className={styles.text}>{text}</span>
        <Button size="xs" variant="light" onClick={() => void takeBack(toast, back)}>
          {i18next.t('ui:action.undo')}
        </Button>
      </span>
    ),
  });
}

/** What is shown at once may not be answered yet: the change before it is not the latest one. */
export async function undoLast(): Promise<void> {
  await answered();
  if (last) await takeBack(last.toast, last.back);
  else notifications.show({ message: i18next.t('ui:undo.nothing'), withBorder: true });
}

async function takeBack(toast: string, back: () => Promise<void>): Promise<void> {
  if (last?.toast === toast) last = null;
  notifications.hide(toast);
  await back();
}

async function undoBatch(batch: string): Promise<void> {
  try {
    const done = await undo(batch);
    if (done.conflicts.length === 0) {
      notifications.show({ message: i18next.t('ui:undo.done', { count: done.undone }), withBorder: true });
      return;
    }
    notifications.show({
      color: 'orange',
      withBorder: true,
      autoClose: 15_000,
      message: (
        <span>
          {i18next.t('ui:undo.partly', { count: done.conflicts.length })}{' '}
          <a href={href(`/history?batch=${batch}`)}>{i18next.t('ui:undo.look')}</a>
        </span>
      ),
    });
  } catch (error) {
    reportFault(error);
  }
}

export function reportFault(error: unknown): void {
  notifications.show({ color: 'red', withBorder: true, autoClose: 12_000, message: explain(error), role: 'alert' });
}
