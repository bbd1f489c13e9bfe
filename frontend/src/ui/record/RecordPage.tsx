import { useParams } from '@tanstack/react-router';
import { useKind } from '@/api/house';
import { NoSuchPage } from '../NoSuchPage';
import { RecordView } from './RecordView';

/** The page of any record, described by its kind. */
export function RecordPage() {
  const { kind: name, id } = useParams({ strict: false }) as { kind: string; id: string };
  const kind = useKind(name);
  if (!kind) return <NoSuchPage />;
  return <RecordView key={`${name}/${id}`} kind={kind} id={id} />;
}
