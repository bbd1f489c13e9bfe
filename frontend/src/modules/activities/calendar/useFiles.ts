import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickedFile } from '@/api/given';
import { platform } from '@/api/platform';
import { exportCalendar, importCalendar, refresh } from '@/api/queries';
import type { Intake } from '@/api/types';
import { useOneDrop } from '@/ui/files/useOneDrop';
import { reportChange, reportFault } from '@/ui/undo';

export type Taken = { name: string; intake: Intake };

const types = ['ics'];

/** Calendar files, out and in: chosen, or dropped on the page. */
export function useFiles() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<Taken | null>(null);

  const work = async (what: () => Promise<void>) => {
    setBusy(true);
    try {
      await what();
    } catch (error) {
      reportFault(error);
    } finally {
      setBusy(false);
    }
  };
  const give = () =>
    work(async () => {
      const saved = await platform().saveFile('kontor.ics', await exportCalendar());
      if (saved) notifications.show({ message: t('activities:page.calendar.exported'), withBorder: true });
    });
  const choose = () =>
    work(async () => {
      const file = await platform().openFile({ title: t('activities:page.calendar.import'), types });
      if (file) await take(file);
    });
  const take = (file: PickedFile) =>
    work(async () => {
      const intake = await importCalendar(file.name, file.bytes);
      refresh(client, [{ kind: 'meeting' }, { kind: 'task' }]);
      setTaken({ name: file.name, intake });
      if (intake.batch) reportChange(t('activities:page.intake.done', { name: file.name }), intake.batch);
    });
  const over = useOneDrop(types, take, !busy);
  return { busy, give, choose, over, taken, forget: () => setTaken(null) };
}
