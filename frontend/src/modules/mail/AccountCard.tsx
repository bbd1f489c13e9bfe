import { ActionIcon, Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/ui/explain';
import { BinIcon, CompareIcon, EditIcon, KeyIcon, MoreIcon, RefreshIcon } from '@/ui/icons';
import { AccountDialog } from './AccountDialog';
import { AccountState } from './AccountState';
import styles from './accounts.module.css';
import { FolderTable } from './FolderTable';
import { PasswordAgain } from './PasswordAgain';
import { RemoveAccount } from './RemoveAccount';
import type { Account } from './requests';
import type { Standing } from './useStatus';

type Props = {
  account: Account;
  standing: Standing | undefined;
  /** Why it is not known how the mailbox stands. */
  unknown: unknown;
  onSync: (account: Account, full?: boolean) => Promise<void>;
};

/** One mailbox. */
export function AccountCard({ account, standing, unknown, onSync }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'edit' | 'password' | 'remove' | null>(null);
  const busy = Boolean(standing?.running || standing?.starting);
  // What only a person can mend: the password is missing here, or the server does not take it.
  const locked = !busy && (standing?.errorCode === 'unauthorized' || standing?.password === '');
  return (
    <section className={styles.card} aria-label={account.address}>
      <header className={styles.head}>
        <div className={styles.who}>
          <h2>{account.address}</h2>
          <p>
            {account.host}:{account.port} · {t(`mail:page.security.${account.security}`)} ·{' '}
            {t(`mail:page.mode.${account.mode}.short`)}
          </p>
        </div>
        <Button
          variant="default"
          leftSection={<RefreshIcon size={15} />}
          disabled={busy || locked}
          onClick={() => void onSync(account)}
        >
          {t('mail:page.sync')}
        </Button>
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={31} aria-label={t('mail:page.more', account)}>
              <MoreIcon size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<CompareIcon size={15} />}
              disabled={busy || locked}
              onClick={() => void onSync(account, true)}
            >
              {t('mail:page.compare')}
            </Menu.Item>
            <Menu.Item leftSection={<KeyIcon size={15} />} onClick={() => setOpen('password')}>
              {t('mail:page.password.change')}
            </Menu.Item>
            <Menu.Item leftSection={<EditIcon size={15} />} onClick={() => setOpen('edit')}>
              {t('mail:page.edit')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<BinIcon size={15} />} onClick={() => setOpen('remove')}>
              {t('mail:page.remove.menu')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {standing && <AccountState standing={standing} />}
      {!standing && Boolean(unknown) && (
        <p className={styles.fault} role="alert">
          {explain(unknown)}
        </p>
      )}
      {(locked || open === 'password') && (
        <PasswordAgain
          account={account}
          onDone={() => {
            setOpen(null);
            void onSync(account);
          }}
          onCancel={locked ? undefined : () => setOpen(null)}
        />
      )}
      {standing && standing.folders.length > 0 && <FolderTable folders={standing.folders} />}
      {standing && standing.password !== '' && (
        <p className={styles.kept} data-warn={standing.password === 'file' || undefined}>
          <KeyIcon size={14} stroke={1.7} />
          <span>{standing.password === 'file' ? t('mail:passwordFile') : t('mail:page.password.keyring')}</span>
        </p>
      )}
      {open === 'edit' && (
        <AccountDialog
          account={account}
          onClose={() => setOpen(null)}
          onSaved={(changed) => {
            setOpen(null);
            void onSync(changed);
          }}
        />
      )}
      {open === 'remove' && <RemoveAccount account={account} onClose={() => setOpen(null)} />}
    </section>
  );
}
