import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import { reportChange } from '@/ui/undo';
import { Ask } from './Ask';
import { type Account, accountsKey, removeAccount } from './requests';

export function RemoveAccount({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <Ask
      title={t('mail:page.remove.title', account)}
      effects={[t('mail:page.remove.stay'), t('mail:page.remove.forget'), t('mail:page.remove.server')]}
      yes={t('mail:page.remove.yes')}
      danger
      onClose={onClose}
      onYes={async () => {
        await removeAccount(account.id);
        await client.invalidateQueries({ queryKey: accountsKey });
        refresh(client, [{ kind: 'mail' }]);
        reportChange(t('mail:page.remove.done', account), undefined);
      }}
    />
  );
}
