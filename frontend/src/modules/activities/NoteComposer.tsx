import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createRecord, refresh } from '@/api/queries';
import { caps } from '@/lib/commands';
import { keep, recall } from '@/lib/keep';
import type { ComposerProps } from '@/lib/modules';
import { titleOf } from '@/lib/words';
import { explain } from '@/ui/explain';
import { Keys } from '@/ui/Keys';
import { MarkupInput } from '@/ui/markup/MarkupInput';
import { reportChange } from '@/ui/undo';
import styles from './note.module.css';

/** Writes a note about a record. Every key stroke is kept in this browser: a crash or a closed window loses no word. */
export function NoteComposer({ kind, record }: ComposerProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const draft = `draft:note:${record.id}`;
  const [text, setText] = useState(() => recall(draft, ''));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  useEffect(() => keep(draft, text || undefined), [draft, text]);

  const save = async () => {
    const words = text.trim();
    if (!words || busy) return;
    setBusy(true);
    setFault('');
    try {
      const saved = await createRecord('note', { text: words, about: record.id });
      setText('');
      refresh(client, [
        { kind: 'note', id: saved.record.id },
        { kind: kind.name, id: record.id },
      ]);
      reportChange(t('activities:note.saved', { title: titleOf(record) }), saved.batch);
    } catch (error) {
      setFault(explain(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <MarkupInput
      data-composer
      variant="unstyled"
      aria-label={t('activities:note.label', { title: titleOf(record) })}
      placeholder={t('activities:note.placeholder')}
      value={text}
      error={fault || undefined}
      onText={setText}
      onSave={() => void save()}
      onEscape={(field) => field.blur()}
      footClass={styles.foot}
    >
      <span className={styles.end}>
        {text.trim() && <Keys caps={caps('mod+enter')} />}
        <Button size="xs" loading={busy} disabled={!text.trim()} onClick={() => void save()}>
          {t('activities:note.save')}
        </Button>
      </span>
    </MarkupInput>
  );
}
