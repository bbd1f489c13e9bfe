import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shortcutHelp } from '@/lib/dialogs';
import { ShortcutList } from '@/ui/ShortcutList';

export function ShortcutHelp() {
  const { t } = useTranslation();
  return (
    <Modal
      opened={shortcutHelp.use()}
      onClose={() => shortcutHelp.set(false)}
      title={t('help.title')}
      size={680}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <ShortcutList />
    </Modal>
  );
}
