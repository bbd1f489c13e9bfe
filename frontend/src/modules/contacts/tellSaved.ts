import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { number } from '@/lib/format';
import { reportFault } from '@/ui/undo';

/** Says how many business cards were saved, if somebody chose a place for them. */
export async function tellSaved(count: number, save: () => Promise<boolean>): Promise<void> {
  try {
    const saved = await save();
    if (saved)
      notifications.show({
        message: i18next.t('contacts:page.card.saved', { count, number: number(count) }),
        withBorder: true,
      });
  } catch (error) {
    reportFault(error);
  }
}
