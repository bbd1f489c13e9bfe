import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/ui/explain';
import styles from './accounts.module.css';
import { PasswordField } from './PasswordField';
import { type Account, accountsKey, changeAccount } from './requests';

type Props = { account: Account; onDone: () => void; onCancel?: () => void };

/** A password is tried once, and kept only if the server takes it. */
export function PasswordAgain({ account, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const save = async () => {
    if (!password || busy) return;
    setBusy(true);
    setFault('');
    try {
      await changeAccount(account.id, { password });
      await client.invalidateQueries({ queryKey: accountsKey });
      onDone();
    } catch (error) {
      setFault(explain(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.again}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !onCancel) return;
        event.preventDefault();
        onCancel();
      }}
    >
      <div className={styles.againField}>
        <PasswordField
          label={t('mail:page.password.of', account)}
          hint={t('mail:page.password.hint')}
          value={password}
          error={fault || undefined}
          autoFocus={onCancel !== undefined}
          onChange={setPassword}
        />
      </div>
      <div className={styles.againActions}>
        <Button type="submit" loading={busy} disabled={!password}>
          {t('mail:page.password.signIn')}
        </Button>
        {onCancel && (
          <Button variant="subtle" color="gray" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
