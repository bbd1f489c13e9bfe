import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './accountDialog.module.css';
import { CertificateField } from './CertificateField';
import type { Form, FormField, Security } from './form';
import { PasswordField } from './PasswordField';
import type { Account } from './requests';

export type FieldsProps = {
  form: Form;
  at: (field: FormField) => string | undefined;
  onChange: (patch: Partial<Form>) => void;
};

/** How the mailbox is reached. */
export function ServerFields({ form, old, at, onChange }: FieldsProps & { old: Account | undefined }) {
  const { t } = useTranslation();
  const [more, setMore] = useState(form.user !== '' || form.ca !== '');
  const open = more || Boolean(at('user') || at('ca'));
  const proposed = form.hostProposed && form.host !== '';
  return (
    <>
      {!old && (
        <TextInput
          type="email"
          label={t('mail:page.form.address')}
          value={form.address}
          error={at('address')}
          data-autofocus
          required
          withAsterisk={false}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ address: event.currentTarget.value })}
        />
      )}
      <PasswordField
        label={t(old ? 'mail:page.form.newPassword' : 'mail:page.form.password')}
        hint={t(old ? 'mail:page.form.newPasswordHint' : 'mail:page.password.hint')}
        value={form.password}
        error={at('password')}
        onChange={(password) => onChange({ password })}
      />
      <div className={styles.server}>
        <TextInput
          label={t('mail:page.form.host')}
          description={proposed ? t('mail:page.form.hostProposed') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.host}
          error={at('host')}
          required
          withAsterisk={false}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ host: event.currentTarget.value })}
        />
        <TextInput
          label={t('mail:page.form.port')}
          value={form.port}
          error={at('port')}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => onChange({ port: event.currentTarget.value.replace(/\D/g, '').slice(0, 5) })}
        />
      </div>
      <div>
        <div className={styles.label} id="mail-security">
          {t('mail:page.form.security')}
        </div>
        <SegmentedControl
          aria-labelledby="mail-security"
          size="xs"
          value={form.security}
          onChange={(next) => onChange({ security: next as Security })}
          data={[
            { value: 'tls', label: t('mail:page.security.tls') },
            { value: 'starttls', label: t('mail:page.security.starttls') },
          ]}
        />
        <p className={styles.hint}>{at('security') ?? t('mail:page.form.securityHint')}</p>
      </div>
      {!open && (
        <button type="button" className={styles.more} onClick={() => setMore(true)}>
          {t('mail:page.form.more')}
        </button>
      )}
      {open && (
        <>
          <TextInput
            label={t('mail:page.form.user')}
            description={t('mail:page.form.userHint')}
            value={form.user}
            error={at('user')}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ user: event.currentTarget.value })}
          />
          <CertificateField value={form.ca} error={at('ca')} onChange={(ca) => onChange({ ca })} />
        </>
      )}
    </>
  );
}
