import { ActionIcon, Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/types';
import { number } from '@/lib/format';
import { inSentence, kindMany } from '@/lib/words';
import { AssignIcon, BinIcon, CloseIcon, CopyIcon, EditIcon, TagIcon } from '../icons';
import styles from './BulkBar.module.css';
import { BulkChange } from './BulkChange';
import { BulkTags } from './BulkTags';
import { ManyTools } from './ManyTools';
import type { Chosen } from './many';
import { mostCopied } from './useSelection';

type Props = {
  kind: Kind;
  count: number;
  chosen: Chosen;
  onCopy: () => void;
  onDelete: () => Promise<void>;
  onClear: () => void;
};

type Open = 'change' | 'tags' | 'assign' | 'delete' | null;

/** What can be done with the selected rows. A few records go to the bin at once; many are asked about first. */
export function BulkBar({ kind, count, chosen, onCopy, onDelete, onClear }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const [busy, setBusy] = useState(false);
  const close = () => setOpen(null);
  const remove = async () => {
    close();
    setBusy(true);
    await onDelete().finally(() => setBusy(false));
  };
  const tags = kind.fields.find((f) => f.alias === 'tag');
  const assigned = kind.fields.find((f) => f.key === 'assigned' && !f.readOnly);
  const names = inSentence(kindMany(kind));
  const titles = {
    change: t('view:page.bulk.changeTitle', { count, number: number(count), names }),
    tags: t('view:page.bulk.tagTitle', { count, number: number(count), names }),
    assign: t('view:page.bulk.assignTitle', { count, number: number(count), names }),
    delete: t('bulk.askTitle', { count, number: number(count), names }),
  };
  const tool = (what: Open, icon: React.ReactNode, label: string) => (
    <Button size="xs" variant="default" leftSection={icon} className={styles.tool} onClick={() => setOpen(what)}>
      {label}
    </Button>
  );
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('bulk.label')}>
      <strong aria-live="polite">{t('bulk.selected', { count, number: number(count) })}</strong>
      {tool('change', <EditIcon size={15} />, t('view:page.bulk.change'))}
      {tags && tool('tags', <TagIcon size={15} />, t('view:page.bulk.tag'))}
      {assigned && tool('assign', <AssignIcon size={15} />, t('view:page.bulk.assign'))}
      <Button size="xs" variant="default" leftSection={<CopyIcon size={15} />} className={styles.tool} onClick={onCopy}>
        {count > mostCopied ? t('view:page.bulk.copySome', { number: number(mostCopied) }) : t('bulk.copy')}
      </Button>
      <ManyTools kind={kind} chosen={chosen} count={count} className={styles.tool} />
      <Button
        size="xs"
        variant="default"
        leftSection={<BinIcon size={15} />}
        className={styles.tool}
        loading={busy}
        onClick={() => (count > 20 ? setOpen('delete') : void remove())}
      >
        {t('bulk.delete')}
      </Button>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('list.selectNone')} onClick={onClear}>
        <CloseIcon size={16} />
      </ActionIcon>
      <Modal
        opened={open !== null}
        onClose={close}
        title={open ? titles[open] : ''}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        transitionProps={{ duration: 0 }}
      >
        {open === 'change' && <BulkChange kind={kind} chosen={chosen} onDone={close} />}
        {open === 'assign' && <BulkChange kind={kind} chosen={chosen} only={assigned} onDone={close} />}
        {open === 'tags' && tags && <BulkTags kind={kind} field={tags} chosen={chosen} onDone={close} />}
        {open === 'delete' && (
          <>
            <p className={styles.ask}>{t('bulk.askText')}</p>
            <div className={styles.actions}>
              <Button variant="default" onClick={close}>
                {t('action.cancel')}
              </Button>
              <Button color="red" onClick={() => void remove()} data-autofocus>
                {t('bulk.askYes', { count, number: number(count) })}
              </Button>
            </div>
          </>
        )}
      </Modal>
    </div>
  );
}
