import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { useSession } from '@/api/house';
import { refresh } from '@/api/queries';
import { explain } from '@/ui/explain';
import { DayInput } from '@/ui/fields/DayInput';
import { FormBody } from '@/ui/form/FormBody';
import { addDays, addMonths, dayWord, weekday } from './days';
import { putOff } from './putOff';
import styles from './putOff.module.css';
import { meanwhile, settle, type Task } from './settle';

/** Puts a task off to a day that is picked or typed; the usual ones are one click. */
export function PutOffDialog() {
  const { t } = useTranslation();
  const task = putOff.use();
  const close = () => putOff.set(null);
  return (
    <Modal
      opened={task !== null}
      onClose={close}
      title={t('activities:page.putOff.title', { title: task?.title ?? '' })}
      size={420}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {task && <PutOffForm key={task.id} task={task} onDone={close} />}
    </Modal>
  );
}

function PutOffForm({ task, onDone }: { task: Task; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { today } = useSession();
  const [day, setDay] = useState('');
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const usual = [
    ...new Set([addDays(today, 3), addDays(today, 7), addDays(today, 14), addMonths(today, 1)].map(onWork)),
  ];

  const save = async (until: string) => {
    if (busy || !until) return;
    setBusy(true);
    setFault('');
    try {
      await settle(task, 'until', until);
      onDone();
    } catch (error) {
      const now = error instanceof ApiError && error.code === 'stale' ? error.current : undefined;
      // The day stands: saving once more decides from what is stored now.
      if (now) putOff.set({ ...task, version: now.version });
      setFault(now ? meanwhile(task, now) : explain(error));
    } finally {
      setBusy(false);
      refresh(client, [{ kind: 'task', id: task.id }]);
    }
  };
  return (
    <FormBody
      submit={t('activities:page.putOff.save')}
      busy={busy}
      ready={day !== ''}
      onSave={() => void save(day)}
      onCancel={onDone}
    >
      <div className={styles.usual}>
        {usual.map((until) => (
          <Button key={until} size="xs" variant="default" disabled={busy} onClick={() => void save(until)}>
            {dayWord(until, today)}
          </Button>
        ))}
      </div>
      <DayInput
        label={t('activities:page.putOff.day')}
        data-autofocus
        value={day || null}
        error={fault || undefined}
        onChange={(next) => {
          setDay(next ?? '');
          setFault('');
        }}
      />
    </FormBody>
  );
}

/** A day at the end of the week becomes the Monday after it. */
function onWork(day: string): string {
  const over = { 6: 2, 0: 1 }[weekday(day)] ?? 0;
  return addDays(day, over);
}
