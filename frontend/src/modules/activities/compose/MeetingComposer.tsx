import { useState } from 'react';
import { today } from '@/lib/format';
import type { ComposerProps } from '@/lib/modules';
import { titleOf } from '@/lib/words';
import { MeetingForm } from './MeetingForm';
import { emptyMeeting } from './meeting';

/** A meeting with a company or a person, and who else takes part. */
export function MeetingComposer({ kind, record }: ComposerProps) {
  const [start] = useState(() => ({
    ...emptyMeeting(today()),
    about: [{ id: record.id, kind: kind.name, title: titleOf(record) }],
  }));
  return <MeetingForm start={start} owner={{ kind: kind.name, record }} />;
}
