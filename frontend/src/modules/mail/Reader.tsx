import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '@/ui/States';
import { LetterView } from './LetterView';
import styles from './reader.module.css';
import { letterQuery } from './requests';
import { Thread } from './Thread';

type Props = { id: string; owner: { kind: string; id: string } };

/** A mail within a timeline. Another one of its conversation is read in the same place. */
export function Reader({ id, owner }: Props) {
  const [chosen, setChosen] = useState(id);
  const found = useQuery({ ...letterQuery(chosen), placeholderData: keepPreviousData });
  if (found.error && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton height={140} mt={10} />;
  const letter = found.data;
  return (
    <div className={styles.reader}>
      <LetterView key={letter.record.id} letter={letter} owner={owner} />
      {letter.thread.length > 1 && <Thread letter={letter} onChoose={setChosen} />}
    </div>
  );
}
