import { useKind } from '@/api/house';
import type { Kind, Row } from '@/api/types';

/** Whether files can be kept beside a record: its kind is one that files may be about, and it is not in the bin. */
export function useKeepsFiles(kind: Kind, record: Row | undefined): boolean {
  const about = useKind('file')?.fields.find((f) => f.key === 'about');
  return Boolean(record && !record.deletedAt && about?.targets?.includes(kind.name));
}
