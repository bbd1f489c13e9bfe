import { useEffect, useState } from 'react';
import { draftOf } from './document';
import { Editing, forgetKept, keptDraft } from './Editing';
import { Editor } from './Editor';
import type { Stored } from './requests';

/** A draft from the server, or what this browser still holds of it. */
export function StoredDraft({ stored }: { stored: Stored }) {
  const [kept] = useState(() => keptDraft(stored.id));
  const [editing] = useState(() => {
    const made = new Editing(draftOf(stored.document), stored);
    if (kept) made.restore(kept);
    return made;
  });
  // Another window saved: without changes of our own its version is taken over, else saving will ask.
  useEffect(() => {
    if (stored.version > editing.version && !editing.dirty) editing.adopt(stored);
  }, [stored, editing]);
  return (
    <Editor
      editing={editing}
      links={stored.links}
      restoredAt={kept?.at}
      onStartOver={() => {
        forgetKept(stored.id);
        editing.adopt(stored);
      }}
    />
  );
}
