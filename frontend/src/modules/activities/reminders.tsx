import { notifications } from '@mantine/notifications';
import { onReminder } from '@/api/events';
import { platform } from '@/api/platform';
import type { ReminderEvent } from '@/api/types';
import { dayHead, dayOf, time } from '@/lib/format';
import { recordPath } from '@/lib/nav';
import { store } from '@/lib/store';
import { ReminderToast } from './ReminderToast';

/** What was told and still stands in the window, the latest last. */
export const standingReminders = store<ReminderEvent[]>([]);
/** The reminder whose ways to come again are being chosen. */
export const snoozing = store<string | null>(null);

const toastOf = (reminder: ReminderEvent) => `reminder-${reminder.id}`;

/** When it begins, in words. */
export function whenOf(reminder: ReminderEvent): string {
  const head = dayHead(dayOf(reminder.when));
  return reminder.wholeDay ? head : `${head}, ${time(reminder.when)}`;
}

export function openReminder(reminder: ReminderEvent): void {
  closeReminder(reminder);
  window.location.hash = recordPath(reminder.kind, reminder.id);
}

export const closeReminder = (reminder: ReminderEvent) => notifications.hide(toastOf(reminder));

/** Tells what is about to begin: in the window until it is closed, and as a notification of the system. */
function tell(reminder: ReminderEvent): void {
  closeReminder(reminder);
  standingReminders.set((old) => [...old.filter((r) => r.id !== reminder.id), reminder]);
  notifications.show({
    id: toastOf(reminder),
    withBorder: true,
    autoClose: false,
    withCloseButton: false,
    role: 'alert',
    onClose: () => standingReminders.set((old) => old.filter((r) => r !== reminder)),
    message: <ReminderToast reminder={reminder} />,
  });
  platform().notify(reminder.title, whenOf(reminder), recordPath(reminder.kind, reminder.id));
}

export const startReminders = () => onReminder(tell);
