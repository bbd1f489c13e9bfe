import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import { createDialog } from '@/lib/dialogs';
import { CreateForm } from './CreateForm';

/** One dialog makes records of every kind. Closing it keeps what was typed as a draft. */
export function CreateDialog() {
  const { t } = useTranslation();
  const request = createDialog.use();
  const kind = useKind(request?.kind ?? '');
  return (
    <Modal
      opened={request !== null && kind !== undefined}
      onClose={() => createDialog.set(null)}
      title={kind ? t(`${kind.module}:kind.${kind.name}.new`) : ''}
      size={520}
      yOffset="8vh"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {request && kind && <CreateForm key={kind.name} kind={kind} preset={request.values} />}
    </Modal>
  );
}
