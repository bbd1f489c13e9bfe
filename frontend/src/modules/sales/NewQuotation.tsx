import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useSession } from '@/api/house';
import { recordQuery } from '@/api/queries';
import type { Links } from '@/api/types';
import { today } from '@/lib/format';
import { recall } from '@/lib/keep';
import { type Draft, draftOf, newLine, noTax, type Tax } from './document';
import { Editing, forgetKept, keptDraft, saysSomething } from './Editing';
import { Editor } from './Editor';
import { thirtyDaysOn } from './validity';

type Props = { company: string; person: string; onBorn: (id: string) => void };

/** An empty quotation, for somebody when it was asked for from their page. */
export function NewQuotation({ company, person, onBorn }: Props) {
  const router = useRouter();
  const session = useSession();
  const who = useQuery({ ...recordQuery('company', company), enabled: company !== '' });
  const contact = useQuery({ ...recordQuery('person', person), enabled: person !== '' });
  const [kept] = useState(() => (company || person ? undefined : keptDraft('')));
  const restored = kept !== undefined && saysSomething(kept.draft);

  const empty = (): Draft => ({
    ...draftOf({ lines: [] }),
    company,
    person,
    currency: session.currency,
    language: session.language,
    date: today(),
    validUntil: thirtyDaysOn(today()),
    lines: [newLine('item', recall<Tax>('sales:tax', noTax))],
  });
  const [editing] = useState(() => {
    const made = new Editing(empty());
    if (kept && restored) made.restore(kept);
    return made;
  });
  useEffect(() => {
    const { onStored } = editing;
    editing.onStored = (stored, first) => {
      onStored(stored, first);
      if (!first) return;
      onBorn(stored.id);
      router.history.replace(`/quotation/${stored.id}`);
    };
    return () => {
      editing.onStored = onStored;
    };
  }, [editing, onBorn, router]);
  // Who the person works for is the customer, unless one was named.
  const employer = contact.data?.record.company;
  useEffect(() => {
    if (!company && typeof employer === 'string') {
      editing.change((old) => (old.company ? old : { ...old, company: employer }));
    }
  }, [company, employer, editing]);

  const links: Links = { ...contact.data?.links };
  if (who.data) links[company] = { kind: 'company', title: who.data.record.label };
  if (contact.data) links[person] = { kind: 'person', title: contact.data.record.label };
  return (
    <Editor
      editing={editing}
      links={links}
      restoredAt={restored ? kept?.at : undefined}
      onStartOver={() => {
        forgetKept('');
        editing.change(empty);
      }}
    />
  );
}
