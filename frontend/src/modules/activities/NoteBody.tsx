import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useKind } from '@/api/house';
import { recordQuery, refresh } from '@/api/queries';
import type { Kind, Row } from '@/api/types';
import type { PresenterProps } from '@/lib/modules';
import { tick } from '@/ui/markup/blocks';
import { Markup } from '@/ui/markup/Markup';
import { useSave } from '@/ui/record/useSave';
import { reportFault } from '@/ui/undo';
import { editedNote } from './editing';
import { NoteEditor } from './NoteEditor';
import styles from './note.module.css';

export function NoteBody({ entry, owner }: PresenterProps) {
  const kind = useKind('note');
  const id = entry.record?.id ?? '';
  const editing = editedNote.use() === id && id !== '';
  const found = useQuery({ ...recordQuery('note', id), enabled: editing });
  if (editing && kind) {
    if (!found.data) return <Skeleton height={60} mt={8} />;
    return <NoteEditor key={id} kind={kind} note={found.data.record} owner={owner} />;
  }
  if (entry.record && kind) return <Written kind={kind} note={entry.record} owner={owner} />;
  return <Markup className={styles.text} text={entry.title} />;
}

/** A note as it reads, with rows that can be ticked where they stand. */
function Written({ kind, note, owner }: { kind: Kind; note: Row; owner: { kind: string; id: string } }) {
  const client = useQueryClient();
  const save = useSave();
  const text = String(note.text ?? '');
  const onTick = async (line: number, checked: boolean) => {
    try {
      await save(kind, note, { text: tick(text, line, checked) });
      refresh(client, [{ kind: 'note', id: note.id }, owner]);
    } catch (error) {
      reportFault(error);
    }
  };
  return <Markup className={styles.text} text={text} onTick={(line, checked) => void onTick(line, checked)} />;
}
