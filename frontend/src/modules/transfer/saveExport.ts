import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { platform } from '@/api/platform';
import type { Kind } from '@/api/types';
import { both, quote } from '@/lib/filter';
import { kindView } from '@/lib/modules';
import { parseSearch } from '@/lib/nav';
import { kindMany } from '@/lib/words';
import { reportFault } from '@/ui/undo';
import { exportList } from './requests';

/** Saves what the open list shows, filter and order included, as a spreadsheet. */
export async function saveExport(kind: Pick<Kind, 'name' | 'module' | 'title'>, format: 'xlsx' | 'csv'): Promise<void> {
  const search = parseSearch(window.location.hash.split('?')[1] ?? '');
  const words = search.q?.trim();
  const own = both(kindView(kind.name)?.listWhere?.(search) ?? '', search.where ?? '');
  const where = both(words ? `${kind.title} ~ ${quote(words)}` : '', own);
  try {
    const bytes = await exportList(kind.name, { where, sort: search.sort, format });
    const saved = await platform().saveFile(`${kindMany(kind)}.${format}`, bytes);
    if (saved) {
      notifications.show({
        message: i18next.t('transfer:page.export.done', { names: kindMany(kind) }),
        withBorder: true,
      });
    }
  } catch (error) {
    reportFault(error);
  }
}
