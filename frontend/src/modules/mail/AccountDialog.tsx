import { Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { explain } from '@/ui/explain';
import { FormDialog } from '@/ui/form/FormDialog';
import styles from './accountDialog.module.css';
import { bodyOf, changed, emptyForm, type Form, type FormField, fields, formOf } from './form';
import { ReadingFields } from './ReadingFields';
import { type Account, accountsKey, addAccount, changeAccount, foldersKey, statusQuery } from './requests';
import { ServerFields } from './ServerFields';

type Props = { account?: Account; onClose: () => void; onSaved: (account: Account) => void };

/** What was entered for a new mailbox outlives the dialog, but for the password. */
let left: Form | null = null;

/** Adds a mailbox or changes one. The server is asked first; whatever it says, nothing that was entered is lost. */
export function AccountDialog({ account, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form, setForm] = useState<Form>(() => (account ? formOf(account) : (left ?? emptyForm)));
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const attempt = useRef<AbortController | null>(null);

  const change = (patch: Partial<Form>) => {
    const next = changed(form, patch);
    setForm(next);
    if (!account) left = { ...next, password: '' };
  };
  const save = async () => {
    if (busy) return;
    const stop = new AbortController();
    attempt.current = stop;
    setBusy(true);
    setFault(null);
    try {
      const body = bodyOf(form);
      const done = account
        ? await changeAccount(account.id, { ...body, version: account.version }, stop.signal)
        : await addAccount({ ...body, address: form.address.trim() }, stop.signal);
      left = account ? left : null;
      if (done.folders) client.setQueryData(foldersKey(done.account.id), done.folders);
      await client.invalidateQueries({ queryKey: accountsKey });
      await client.invalidateQueries({ queryKey: statusQuery.queryKey });
      onSaved(done.account);
    } catch (error) {
      if (!stop.signal.aborted) setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const close = () => {
    attempt.current?.abort();
    onClose();
  };

  const at = (field: FormField): string | undefined => {
    if (!(fault instanceof ApiError)) return undefined;
    if (field === 'password' && fault.code === 'unauthorized') return explain(fault);
    return fault.at(field);
  };
  const general = fault && !fields.some((field) => at(field)) ? explain(fault) : '';
  return (
    <FormDialog
      title={account ? t('mail:page.editTitle', account) : t('mail:page.add')}
      size={560}
      guarded
      className={styles.form}
      submit={account ? t('action.save') : t('mail:page.form.submit')}
      busy={busy}
      fault={general}
      cancel={busy ? t('mail:page.form.stop') : undefined}
      beside={
        busy && (
          <span className={styles.busy} role="status">
            <Loader size={14} /> {t('mail:page.form.signingIn', { host: form.host })}
          </span>
        )
      }
      onSave={() => void save()}
      onCancel={busy ? () => attempt.current?.abort() : close}
      onClose={close}
    >
      <ServerFields form={form} old={account} at={at} onChange={change} />
      <ReadingFields form={form} account={account} at={at} onChange={change} />
    </FormDialog>
  );
}
