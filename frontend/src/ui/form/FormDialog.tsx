import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormBody, type FormBodyProps } from './FormBody';

type Props = FormBodyProps & {
  title: string;
  size?: number;
  /** Much is entered here: a click beside the dialog must not lose it. */
  guarded?: boolean;
  onClose: () => void;
};

/** The frame of every dialog with a form. */
export function FormDialog({ title, size, guarded, onClose, ...body }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size ?? 'md'}
      yOffset={guarded ? '6vh' : undefined}
      closeOnClickOutside={!guarded}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      transitionProps={{ duration: 0 }}
    >
      <FormBody {...body} />
    </Modal>
  );
}
