import { Progress, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import { number } from '@/lib/format';
import { explain } from '@/ui/explain';
import { FormDialog } from '@/ui/form/FormDialog';
import type { ManyState } from '@/ui/list/many';
import { reportChange } from '@/ui/undo';
import { deleteTag, renameTag, sameTag, type Tag } from './tags';
import styles from './tags.module.css';

export type Act = 'rename' | 'merge' | 'delete';
type Props = { act: Act; tag: Tag; tags: Tag[]; onClose: () => void };

/** Renames, merges or deletes a tag, and says before how many records that concerns. */
export function TagDialog({ act, tag, tags, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [to, setTo] = useState(act === 'rename' ? tag.name : '');
  const [far, setFar] = useState<ManyState>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const name = to.trim();
  const same = sameTag(tags, name);
  const other = same && same.name !== tag.name ? same : undefined;
  const ready = act === 'delete' || (name !== '' && name !== tag.name);

  const run = async () => {
    if (busy || !ready) return;
    setBusy(true);
    setFault(null);
    try {
      const done = act === 'delete' ? await deleteTag(tag.name, setFar) : await renameTag(tag.name, name, setFar);
      refresh(client, []);
      void client.invalidateQueries({ queryKey: ['tags'] });
      const text = act === 'delete' ? 'view:page.tags.deleted' : 'view:page.tags.renamed';
      reportChange(t(text, { count: done.changed, tag: tag.name, to: other?.name ?? name }), done.batch);
      onClose();
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };

  const leave = () => {
    if (!busy) onClose();
  };
  const count = { count: tag.count, number: number(tag.count) };
  return (
    <FormDialog
      title={t(`view:page.tags.${act}Title`, { tag: tag.name })}
      submit={t(`view:page.tags.${act === 'rename' && other ? 'merge' : act}Yes`)}
      busy={busy}
      ready={ready}
      color={act === 'delete' ? 'red' : undefined}
      focused={act === 'delete'}
      fault={fault ? explain(fault) : undefined}
      onSave={() => void run()}
      onCancel={leave}
      onClose={leave}
    >
      {act === 'rename' && (
        <TextInput
          label={t('view:page.tags.newName')}
          value={to}
          maxLength={60}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
          onFocus={(e) => e.currentTarget.select()}
          onChange={(e) => setTo(e.currentTarget.value)}
        />
      )}
      {act === 'merge' && (
        <Select
          label={t('view:page.tags.into')}
          data={tags.filter((other) => other !== tag).map((other) => other.name)}
          value={to || null}
          searchable
          limit={100}
          nothingFoundMessage={t('pick.none')}
          data-autofocus
          onChange={(next) => setTo(next ?? '')}
        />
      )}
      <div aria-live="polite" className={styles.told}>
        {far ? (
          <>
            <Progress value={(100 * far.done) / Math.max(1, far.total)} aria-label={t('view:page.bulk.progress')} />
            <p>{t('view:page.tags.working', { done: number(far.done), total: number(far.total) })}</p>
          </>
        ) : act === 'delete' ? (
          <p>{t('view:page.tags.deleteWould', count)}</p>
        ) : (
          ready && (
            <>
              <p>{t('view:page.tags.renameWould', { ...count, to: other?.name ?? name })}</p>
              {other && (
                <p>
                  {t('view:page.tags.mergeHint', { count: other.count, number: number(other.count), to: other.name })}
                </p>
              )}
            </>
          )
        )}
      </div>
    </FormDialog>
  );
}
