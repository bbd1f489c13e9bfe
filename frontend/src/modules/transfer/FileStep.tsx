import { Button, PasswordInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import type { PickedFile } from '@/api/given';
import { useKinds } from '@/api/house';
import { platform } from '@/api/platform';
import { canCreate } from '@/lib/modules';
import { usePageSearch } from '@/lib/nav';
import { kindMany } from '@/lib/words';
import { explain } from '@/ui/explain';
import { useOneDrop } from '@/ui/files/useOneDrop';
import { SheetIcon } from '@/ui/icons';
import { openImport, type Session } from './requests';
import styles from './transfer.module.css';

type Props = { kind: string; session: Session | undefined; onOpened: (session: Session) => void };

const types = ['xlsx', 'xlsm', 'xls', 'ods', 'csv', 'tsv', 'txt'];
const most = 200 << 20;

/** Which file, and what it holds. It is read on this computer and goes nowhere else. */
export function FileStep({ kind, session, onOpened }: Props) {
  const { t } = useTranslation();
  const kinds = useKinds().filter((k) => canCreate(k.name));
  const [, change] = usePageSearch();
  const [file, setFile] = useState<PickedFile>();
  const [password, setPassword] = useState('');
  const [locked, setLocked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');

  const open = async (picked: PickedFile, secret = '') => {
    setFile(picked);
    setFault('');
    if (picked.bytes.byteLength > most) {
      setFault(t('transfer:page.file.large'));
      return;
    }
    setBusy(true);
    try {
      onOpened(await openImport(picked.name, picked.bytes, kind, secret));
    } catch (error) {
      setLocked(error instanceof ApiError && error.field === 'password');
      setFault(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const choose = async () => {
    try {
      const picked = await platform().openFile({ title: t('transfer:page.file.choose'), types });
      if (picked) await open(picked);
    } catch (error) {
      setFault(explain(error));
    }
  };
  const over = useOneDrop(types, (dropped) => open(dropped), !busy);

  return (
    <>
      <h2>{t('transfer:page.file.title')}</h2>
      <p className={styles.intro}>{t('transfer:page.file.intro')}</p>
      <Select
        className={styles.kind}
        label={t('transfer:page.file.kind')}
        placeholder={t('transfer:page.file.guess')}
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        data={kinds.map((k) => ({ value: k.name, label: kindMany(k) }))}
        value={kinds.some((k) => k.name === kind) ? kind : null}
        onChange={(next) => change({ kind: next ?? undefined })}
      />
      <div className={styles.drop} data-over={over || undefined}>
        <SheetIcon size={30} stroke={1.4} />
        <Button loading={busy} onClick={() => void choose()}>
          {t('transfer:page.file.choose')}
        </Button>
        <p>
          {t('transfer:page.file.drop')}
          <br />
          {file ? file.name : session ? t('transfer:page.file.open', { file: session.file }) : ''}
        </p>
      </div>
      {locked && file && (
        <form
          className={styles.password}
          onSubmit={(event) => {
            event.preventDefault();
            void open(file, password);
          }}
        >
          <PasswordInput
            label={t('transfer:page.file.password')}
            value={password}
            autoFocus
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={busy}>
            {t('transfer:page.file.unlock')}
          </Button>
        </form>
      )}
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
