import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createRecord, refresh } from '@/api/queries';
import { dayHead, dayPattern } from '@/lib/format';
import { keep, recall } from '@/lib/keep';
import { titleOf } from '@/lib/words';
import { explain } from '@/ui/explain';
import { CloseIcon, PlusIcon } from '@/ui/icons';
import { Keys } from '@/ui/Keys';
import { reportChange } from '@/ui/undo';
import styles from './quick.module.css';
import { quickTask } from './quickTask';

const draft = 'draft:quickTask';

/** One line makes a task. The day it names is understood and shown before Enter; without one it is for today. */
export function QuickAdd({ today }: { today: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [line, setLine] = useState(() => recall(draft, ''));
  const [asTyped, setAsTyped] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  useEffect(() => keep(draft, line || undefined), [line]);

  const read = asTyped ? { text: line.trim() } : quickTask(line, today, dayPattern());
  const day = read.day ?? today;
  const save = async () => {
    if (busy || !read.text) return;
    setBusy(true);
    setFault('');
    try {
      const saved = await createRecord('task', { text: read.text, due: day, time: read.time });
      setLine('');
      setAsTyped(false);
      refresh(client, [{ kind: 'task', id: saved.record.id }]);
      reportChange(
        t('activities:page.today.added', { title: titleOf(saved.record), day: dayHead(day, today) }),
        saved.batch,
      );
    } catch (error) {
      setFault(explain(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={styles.quick}>
      <TextInput
        id="quick-task"
        aria-label={t('activities:kind.task.new')}
        placeholder={t('activities:page.today.placeholder')}
        leftSection={<PlusIcon size={16} />}
        autoComplete="off"
        value={line}
        error={fault || undefined}
        readOnly={busy}
        onChange={(event) => {
          setLine(event.currentTarget.value);
          setFault('');
          if (!event.currentTarget.value.trim()) setAsTyped(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            void save();
          } else if (event.key === 'Escape') {
            event.preventDefault();
            event.currentTarget.blur();
          } else if (event.key === 'ArrowDown') {
            const first = document.querySelector<HTMLElement>('[data-today]');
            if (first) event.preventDefault();
            first?.focus();
          }
        }}
      />
      {line.trim() && (
        <p className={styles.preview} aria-live="polite">
          <span className={styles.day}>
            {dayHead(day, today)}
            {read.time && `, ${read.time}`}
            {(read.day || read.time) && (
              <button type="button" aria-label={t('activities:page.today.asTyped')} onClick={() => setAsTyped(true)}>
                <CloseIcon size={12} />
              </button>
            )}
          </span>
          <bdi>{read.text}</bdi>
          <Keys caps={['Enter']} />
        </p>
      )}
    </div>
  );
}
