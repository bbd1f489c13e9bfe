import type { PresenterProps } from '@/lib/modules';
import { ChangeFields } from './ChangeFields';

/** In a record's own timeline its making needs no list of fields: the card beside shows them. */
export function ChangeBody({ entry, links }: PresenterProps) {
  if (entry.change?.op !== 'update') return null;
  return <ChangeFields change={entry.change} links={links} />;
}
