import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { onReminder } from '@/api/events';
import { platform } from '@/api/platform';
import type { ReminderEvent } from '@/api/types';
import { dayHead, dayOf, time } from '@/lib/format';
import { recordPath } from '@/lib/nav';
import styles from './reminder.module.css';

/** Tells what is about to begin: in the window until it is closed, and as a notification of the system. */
function tell(reminder: ReminderEvent): void {
  const head = dayHead(dayOf(reminder.when));
  const when = reminder.wholeDay ? head : `${head}, ${time(reminder.when)}`;
  const id = `reminder-${reminder.id}`;
  notifications.hide(id);
  notifications.show({
    id,
    withBorder: true,
    autoClose: false,
    role: 'alert',
    closeButtonProps: { 'aria-label': i18next.t('ui:action.close') },
    message: (
      <span className={styles.line}>
        <span className={styles.text}>
          <strong>{reminder.title}</strong>
          <br />
          {when}
        </span>
        <Button
          size="xs"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            window.location.hash = recordPath(reminder.kind, reminder.id);
          }}
        >
          {i18next.t('activities:page.open')}
        </Button>
      </span>
    ),
  });
  platform().notify(reminder.title, when);
}

export const startReminders = () => onReminder(tell);
