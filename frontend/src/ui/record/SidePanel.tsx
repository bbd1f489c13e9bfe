import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { knownRecord, recordQuery } from '@/api/queries';
import type { Kind } from '@/api/types';
import { kindView } from '@/lib/modules';
import { recordPath, useGo } from '@/lib/nav';
import { titleOf } from '@/lib/words';
import { FilesBlock } from '../files/FilesBlock';
import { CloseIcon, PageIcon } from '../icons';
import { ErrorState } from '../States';
import { Timeline } from '../timeline/Timeline';
import { CardBones } from './CardBones';
import { Composer } from './Composer';
import { DeletedBanner } from './DeletedBanner';
import { RecordCard } from './RecordCard';
import { RecordMenu } from './RecordMenu';
import { Related } from './Related';
import styles from './SidePanel.module.css';

type Props = { kind: Kind; id: string; onClose: () => void; onEditBelow: () => void };

/** A second click this soon belongs to the cell below: the panel came between the two clicks of a double click. */
const doubleClick = 400;

/** A record over its list. The list keeps the focus, so that arrows go on to the next record; Esc comes back. */
export function SidePanel({ kind, id, onClose, onEditBelow }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const client = useQueryClient();
  const found = useQuery({ ...recordQuery(kind.name, id), placeholderData: () => knownRecord(client, kind.name, id) });
  const [born] = useState(() => performance.now());
  const record = found.data?.record;
  const Glance = kindView(kind.name)?.Glance;
  return (
    <aside
      className={styles.panel}
      aria-label={(record ? titleOf(record) : undefined) ?? t('record.loading')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
      onClickCapture={(event) => {
        if (event.detail === 2 && performance.now() - born < doubleClick) {
          event.stopPropagation();
          event.preventDefault();
          onEditBelow();
        }
      }}
    >
      <div className={styles.bar}>
        <Tooltip label={t('record.openPage')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={t('record.openPage')}
            onClick={() => go(recordPath(kind.name, id))}
          >
            <PageIcon size={16} />
          </ActionIcon>
        </Tooltip>
        <span className={styles.gap} />
        {record && <RecordMenu kind={kind} record={record} onGone={onClose} />}
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('action.close')} onClick={onClose}>
          <CloseIcon size={17} />
        </ActionIcon>
      </div>
      <div className={styles.scroll}>
        {found.error && !record && <ErrorState error={found.error} retry={() => void found.refetch()} />}
        {!record && !found.error && <CardBones />}
        {record && found.data && (
          <>
            <DeletedBanner kind={kind} record={record} />
            {Glance && !record.deletedAt && <Glance key={id} kind={kind} record={record} />}
            <Tabs defaultValue="details" keepMounted={false} classNames={{ list: styles.tabs }}>
              <Tabs.List>
                <Tabs.Tab value="details">{t('record.details')}</Tabs.Tab>
                <Tabs.Tab value="timeline">{t('timeline.title')}</Tabs.Tab>
                <Tabs.Tab value="related">{t('related.title')}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="details">
                <RecordCard key={record.id} kind={kind} record={record} links={found.data.links} />
              </Tabs.Panel>
              <Tabs.Panel value="timeline" className={styles.inner}>
                {!record.deletedAt && <Composer key={record.id} kind={kind} record={record} />}
                <Timeline key={`t${record.id}`} kind={kind} id={record.id} narrow locked={Boolean(record.deletedAt)} />
              </Tabs.Panel>
              <Tabs.Panel value="related" className={styles.inner}>
                <div className={styles.beside}>
                  <FilesBlock key={id} kind={kind} record={record} />
                  <Related kind={kind} record={record} links={found.data.links} />
                </div>
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </div>
    </aside>
  );
}
