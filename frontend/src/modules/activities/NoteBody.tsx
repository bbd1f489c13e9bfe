import { Button, Skeleton, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import { recordQuery, refresh } from '@/api/queries';
import type { Kind, Row } from '@/api/types';
import type { PresenterProps } from '@/lib/modules';
import { explain } from '@/ui/explain';
import { useSave } from '@/ui/record/useSave';
import { editedNote } from './editing';
import styles from './note.module.css';

export function NoteBody({ entry, owner }: PresenterProps) {
  const kind = useKind('note');
  const id = entry.record?.id ?? '';
  const editing = editedNote.use() === id && id !== '';
  const found = useQuery({ ...recordQuery('note', id), enabled: editing });
  if (!editing || !kind) return <p className={styles.text}>{String(entry.record?.text ?? entry.title)}</p>;
  if (!found.data) return <Skeleton height={60} mt={8} />;
  return <NoteEditor key={id} kind={kind} note={found.data.record} owner={owner} />;
}

function NoteEditor({ kind, note, owner }: { kind: Kind; note: Row; owner: { kind: string; id: string } }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const save = useSave();
  const [base] = useState(note);
  const [text, setText] = useState(String(note.text ?? ''));
  const [fault, setFault] = useState('');
  const commit = async () => {
    try {
      const outcome = await save(kind, base, { text: text.trim() });
      if (outcome === 'kept') return;
      refresh(client, [{ kind: 'note', id: note.id }, owner]);
      editedNote.set(null);
    } catch (error) {
      setFault(explain(error));
    }
  };
  return (
    <div className={styles.edit}>
      <Textarea
        autosize
        minRows={2}
        maxRows={14}
        autoFocus
        aria-label={t('activities:note.edit')}
        value={text}
        error={fault || undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void commit();
          } else if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            editedNote.set(null);
          }
        }}
      />
      <div className={styles.actions}>
        <Button size="xs" disabled={!text.trim()} onClick={() => void commit()}>
          {t('action.save')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={() => editedNote.set(null)}>
          {t('action.cancel')}
        </Button>
      </div>
    </div>
  );
}
