import { useParams } from '@tanstack/react-router';
import { useKind } from '@/api/house';
import { NoSuchPage } from '../NoSuchPage';
import { RecordList } from './RecordList';

/** The list of any kind of record, described by the kind alone. */
export function RecordListPage() {
  const { kind: name } = useParams({ strict: false }) as { kind: string };
  const kind = useKind(name);
  if (!kind) return <NoSuchPage />;
  return <RecordList key={kind.name} kind={kind} />;
}
