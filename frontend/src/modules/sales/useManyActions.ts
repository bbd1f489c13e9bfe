import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import { rowsAsTable } from '@/ui/list/copyRows';
import type { Column } from '@/ui/list/table';
import type { useSelection } from '@/ui/list/useSelection';
import { reportChange, reportFault } from '@/ui/undo';

/** What the selected quotations can be asked by keys and by the bar: to be copied, and to go to the bin. */
export function useManyActions(selection: ReturnType<typeof useSelection>, columns: Column[]) {
  const { t } = useTranslation();
  const copy = async () => {
    try {
      const chosen = await selection.rows();
      const { text, html } = rowsAsTable(chosen.rows, columns, chosen.links);
      await platform().copy(text, html);
      notifications.show({ message: t('bulk.copied', { count: chosen.rows.length }), withBorder: true });
    } catch (error) {
      reportFault(error);
    }
  };
  const remove = async () => {
    try {
      const done = await selection.remove();
      if (done.changed > 0) reportChange(t('bulk.deleted', { count: done.changed }), done.batch);
      const [first] = done.failed;
      if (!first) return;
      const others = done.failed.length + done.moreFailed - 1;
      notifications.show({
        color: 'orange',
        withBorder: true,
        autoClose: 15_000,
        message: `${first.title}: ${first.message} ${others > 0 ? t('view:page.bulk.others', { count: others }) : ''}`,
      });
    } catch (error) {
      reportFault(error);
    }
  };
  return { copy, remove };
}
