import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { explain } from '../explain';
import { FormDialog } from '../form/FormDialog';
import type { View } from './views';

type Props = { view?: View; onSave: (name: string, shared: boolean) => Promise<void>; onClose: () => void };

/** Names a view, a new one or one that is there. */
export function ViewDialog({ view, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const save = async () => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    try {
      await onSave(name.trim(), shared);
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };
  const said = fault instanceof ApiError ? (fault.at('name') ?? explain(fault)) : fault ? explain(fault) : undefined;
  return (
    <FormDialog
      title={t(view ? 'view:page.renameTitle' : 'view:page.save')}
      submit={t('action.save')}
      busy={busy}
      ready={name.trim() !== ''}
      onSave={() => void save()}
      onCancel={onClose}
      onClose={onClose}
    >
      <TextInput
        label={t('view:page.name')}
        placeholder={t('view:page.nameHint')}
        value={name}
        maxLength={80}
        error={said}
        data-autofocus
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Switch label={t('view:page.shareWith')} checked={shared} onChange={(e) => setShared(e.currentTarget.checked)} />
    </FormDialog>
  );
}
