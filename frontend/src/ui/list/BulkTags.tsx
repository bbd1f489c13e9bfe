import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field, Kind } from '@/api/types';
import { TagInput } from '../fields/TagInput';
import styles from './BulkBar.module.css';
import { BulkFoot } from './BulkFoot';
import type { Chosen } from './many';
import { useBulk } from './useBulk';

type Props = { kind: Kind; field: Field; chosen: Chosen; onDone: () => void };

/** Tags that all selected records get, and tags that they lose. */
export function BulkTags({ kind, field, chosen, onDone }: Props) {
  const { t } = useTranslation();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const ready = add.length + remove.length > 0;
  const edit = ready
    ? {
        ...(add.length > 0 && { add: { [field.key]: add } }),
        ...(remove.length > 0 && { remove: { [field.key]: remove } }),
      }
    : null;
  const bulk = useBulk(kind, chosen, edit, onDone);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void bulk.run();
      }}
    >
      <TagInput kind={kind.name} label={t('view:page.tags.add')} value={add} onChange={setAdd} autoFocus />
      <TagInput kind={kind.name} label={t('view:page.tags.remove')} value={remove} onChange={setRemove} />
      <BulkFoot bulk={bulk} ready={ready} action={t('view:page.bulk.tagYes')} onDone={onDone} />
    </form>
  );
}
