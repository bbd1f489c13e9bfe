import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { type PickedFile, read } from '@/api/given';
import { useFileDrop } from './useFileDrop';

/** Takes one file of these types, dropped anywhere on the page, and says why it takes no other. */
export function useOneDrop(types: string[], take: (file: PickedFile) => unknown, enabled = true): boolean {
  const { t } = useTranslation();
  const say = (message: string) =>
    notifications.show({ color: 'orange', withBorder: true, autoClose: 10_000, message });
  return useFileDrop(async ({ files, folders }) => {
    const fits = files.find((f) => types.some((type) => f.name.toLowerCase().endsWith(`.${type}`)));
    if (fits) {
      const others = files.length + folders.length - 1;
      if (others > 0) say(t('ui:drop.one', { name: fits.name, count: others }));
      await take(await read(fits));
    } else if (folders[0] !== undefined) say(t('ui:drop.folder', { name: folders[0] }));
    else if (files[0])
      say(t('ui:drop.other', { name: files[0].name, types: types.map((type) => `.${type}`).join(', ') }));
  }, enabled);
}
