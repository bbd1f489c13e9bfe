import { Button, CloseButton, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import { snoozeReminder } from '@/api/queries';
import type { ReminderEvent, SnoozeHow } from '@/api/types';
import { dayOf, moment, time, today } from '@/lib/format';
import { ChevronDownIcon } from '@/ui/icons';
import { reportChange, reportFault } from '@/ui/undo';
import { notifyDialog } from './NotifyDialog';
import styles from './reminder.module.css';
import { closeReminder, openReminder, snoozing, whenOf } from './reminders';
import { settleTask } from './settle';

const ways: SnoozeHow[] = ['tenMinutes', 'hour', 'tomorrow'];

/** One reminder in the window: open it, be told again later, or have done with it. */
export function ReminderToast({ reminder }: { reminder: ReminderEvent }) {
  const { t } = useTranslation();
  const open = snoozing.use() === reminder.id;
  const later = async (how: SnoozeHow) => {
    try {
      const { until } = await snoozeReminder(reminder, how);
      closeReminder(reminder);
      const when = dayOf(until) === today() ? time(until) : moment(until);
      reportChange(t('activities:page.snooze.will', { title: reminder.title, when }), undefined);
    } catch (error) {
      reportFault(error);
    }
  };
  const done = async () => {
    if (await settleTask({ id: reminder.id, title: reminder.title }, 'done')) closeReminder(reminder);
  };
  return (
    <div className={styles.line}>
      <span className={styles.text}>
        <strong>{reminder.title}</strong>
        <br />
        {whenOf(reminder)}
        {platform().notifies() === 'ask' && (
          <button type="button" className={styles.ask} onClick={() => notifyDialog.set(true)}>
            {t('activities:page.notify.also')}
          </button>
        )}
      </span>
      <Button size="xs" variant="light" onClick={() => openReminder(reminder)}>
        {t('activities:page.open')}
      </Button>
      <Menu position="top-end" width={190} opened={open} onChange={(on) => snoozing.set(on ? reminder.id : null)}>
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<ChevronDownIcon size={14} />}>
            {t('activities:page.snooze.later')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {ways.map((how) => (
            <Menu.Item key={how} onClick={() => void later(how)}>
              {t(`activities:page.snooze.${how}`)}
            </Menu.Item>
          ))}
          {reminder.kind === 'task' && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => void done()}>{t('activities:page.settle.done')}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <CloseButton size={24} aria-label={t('action.close')} onClick={() => closeReminder(reminder)} />
    </div>
  );
}
