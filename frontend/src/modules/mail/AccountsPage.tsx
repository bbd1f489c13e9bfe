import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '@/lib/commands';
import { MailIcon, PlusIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { CardBones } from '@/ui/record/CardBones';
import { EmptyState, ErrorState } from '@/ui/States';
import { AccountCard } from './AccountCard';
import { AccountDialog } from './AccountDialog';
import styles from './accounts.module.css';
import { Promises } from './Promises';
import { accountsQuery } from './requests';
import { useStatus } from './useStatus';

/** The mailboxes that Kontor reads: how each stands, and what became of every mail in it. */
export function AccountsPage() {
  const { t } = useTranslation();
  const accounts = useQuery(accountsQuery);
  const { of, sync, error } = useStatus();
  const [adding, setAdding] = useState(false);
  useCommands([
    {
      id: 'mailbox.add',
      title: 'mail:page.add',
      group: 'create',
      shortcut: 'c',
      icon: PlusIcon,
      run: () => setAdding(true),
    },
  ]);
  const list = accounts.data ?? [];
  return (
    <>
      <PageBar title={t('mail:page.title')}>
        {list.length > 0 && (
          <Button leftSection={<PlusIcon size={15} />} onClick={() => setAdding(true)}>
            {t('mail:page.add')}
          </Button>
        )}
      </PageBar>
      <div className={styles.scroll}>
        {accounts.isPending && <CardBones />}
        {accounts.error && !accounts.data && (
          <ErrorState error={accounts.error} retry={() => void accounts.refetch()} />
        )}
        {accounts.data && list.length === 0 && (
          <EmptyState
            icon={<MailIcon size={24} stroke={1.6} />}
            title={t('mail:page.empty.title')}
            text={t('mail:page.empty.text')}
          >
            <div className={styles.welcome}>
              <Promises />
              <Button leftSection={<PlusIcon size={15} />} onClick={() => setAdding(true)}>
                {t('mail:page.add')}
              </Button>
            </div>
          </EmptyState>
        )}
        {list.map((account) => (
          <AccountCard key={account.id} account={account} standing={of(account.id)} unknown={error} onSync={sync} />
        ))}
      </div>
      {adding && (
        <AccountDialog
          onClose={() => setAdding(false)}
          onSaved={(account) => {
            setAdding(false);
            void sync(account);
          }}
        />
      )}
    </>
  );
}
