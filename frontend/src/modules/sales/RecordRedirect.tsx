import { useParams, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Links to records go by kind and id; a quotation opens in its editor. */
export function RecordRedirect() {
  const router = useRouter();
  const { id } = useParams({ strict: false }) as { id?: string };
  const { searchStr } = router.state.location;
  useEffect(() => {
    router.history.replace(id ? `/quotations/${id}` : `/quotations${searchStr}`);
  }, [router, id, searchStr]);
  return null;
}
