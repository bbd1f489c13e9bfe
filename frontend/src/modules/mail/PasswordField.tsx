import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = {
  label: string;
  hint: string;
  value: string;
  error: string | undefined;
  autoFocus?: boolean;
  onChange: (value: string) => void;
};

/** The password of a mailbox. No program that fills in fields shall put that of Kontor here. */
export function PasswordField({ label, hint, value, error, autoFocus, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={label}
      description={hint}
      value={value}
      error={error}
      errorProps={{ role: 'alert' }}
      aria-invalid={error ? true : undefined}
      autoComplete="off"
      autoFocus={autoFocus}
      visibilityToggleButtonProps={{ 'aria-label': t('mail:page.password.show') }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
