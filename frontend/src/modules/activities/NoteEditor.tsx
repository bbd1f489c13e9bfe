import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import type { Kind, Row } from '@/api/types';
import { keep, recall } from '@/lib/keep';
import { explain } from '@/ui/explain';
import { MarkupInput } from '@/ui/markup/MarkupInput';
import { useSave } from '@/ui/record/useSave';
import { editedNote } from './editing';
import styles from './note.module.css';

/** Changes a note where it stands. */
export function NoteEditor({ kind, note, owner }: { kind: Kind; note: Row; owner: { kind: string; id: string } }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const save = useSave();
  const [base] = useState(note);
  // What was typed survives a closed window, until somebody else changes the note.
  const draft = `draft:note-edit:${note.id}:${note.version}`;
  const [text, setText] = useState(() => recall(draft, String(note.text ?? '')));
  useEffect(() => keep(draft, text === String(base.text ?? '') ? undefined : text), [draft, text, base]);
  const leave = () => {
    keep(draft, undefined);
    editedNote.set(null);
  };
  const [fault, setFault] = useState('');
  const commit = async () => {
    if (!text.trim()) return;
    try {
      const outcome = await save(kind, base, { text: text.trim() });
      if (outcome === 'kept') return;
      refresh(client, [{ kind: 'note', id: note.id }, owner]);
      leave();
    } catch (error) {
      setFault(explain(error));
    }
  };
  return (
    <div className={styles.edit}>
      <MarkupInput
        autoFocus
        aria-label={t('activities:note.edit')}
        value={text}
        error={fault || undefined}
        onText={setText}
        onSave={() => void commit()}
        onEscape={leave}
        footClass={styles.actions}
      >
        <span className={styles.end}>
          <Button size="xs" variant="subtle" color="gray" onClick={leave}>
            {t('action.cancel')}
          </Button>
          <Button size="xs" disabled={!text.trim()} onClick={() => void commit()}>
            {t('action.save')}
          </Button>
        </span>
      </MarkupInput>
    </div>
  );
}
