import type { Kind, Row } from '@/api/types';
import { Around } from './Around';
import { Letter } from './Letter';

/** What stands beside a company or person: whom they have to do with, and how one writes to them. */
export function Party({ kind, record }: { kind: Kind; record: Row }) {
  return (
    <>
      <Around kind={kind} record={record} />
      <Letter kind={kind} record={record} />
    </>
  );
}
