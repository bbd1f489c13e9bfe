import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import type { Kind } from '@/api/types';
import { reportChange } from '../undo';
import { type Chosen, cancelMany, changeMany, type Edit, type ManyState } from './many';

/** A bulk change from its rehearsal to its outcome. edit is null while nothing is chosen yet. */
export function useBulk(kind: Kind, chosen: Chosen, edit: Edit | null, onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [progress, setProgress] = useState<ManyState>();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<ManyState>();
  const [fault, setFault] = useState<unknown>(null);
  const wish = edit ? JSON.stringify(edit) : '';
  const [asked] = useDebouncedValue(wish, 250);
  const tried = useQuery({
    queryKey: ['bulk', kind.name, chosen, asked],
    queryFn: () => changeMany(kind.name, chosen, { ...(JSON.parse(asked) as Edit), dryRun: true }),
    enabled: asked !== '' && !busy && !outcome,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });

  const run = async () => {
    if (!edit || busy) return;
    setBusy(true);
    setFault(null);
    try {
      const done = await changeMany(kind.name, chosen, edit, setProgress);
      refresh(client, [{ kind: kind.name }]);
      void client.invalidateQueries({ queryKey: ['tags'] });
      reportChange(
        t(done.cancelled ? 'view:page.bulk.stopped' : 'view:page.bulk.done', { count: done.changed }),
        done.batch,
      );
      if (done.failed.length > 0) setOutcome(done);
      else onDone();
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
      setProgress(undefined);
    }
  };

  return {
    tried: asked === wish && wish !== '' ? tried.data : undefined,
    fault: fault ?? (asked === wish && wish !== '' ? tried.error : null),
    busy,
    progress,
    outcome,
    run,
    cancel: () => progress && void cancelMany(progress.job),
  };
}
