import { ActionIcon, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { knownRecord, recordQuery } from '@/api/queries';
import type { Kind } from '@/api/types';
import { shownRecord, useCommands } from '@/lib/commands';
import { createDialog } from '@/lib/dialogs';
import { canCreate } from '@/lib/modules';
import { backToList, href, useGo } from '@/lib/nav';
import { kindMany, titleOf } from '@/lib/words';
import { DropTarget } from '../files/DropTarget';
import { FilesBlock } from '../files/FilesBlock';
import { useKeepsFiles } from '../files/useKeepsFiles';
import { BackIcon, PlusIcon } from '../icons';
import { OfferedButtons } from '../OfferedButtons';
import { PageBar } from '../PageBar';
import { ErrorState } from '../States';
import { Timeline } from '../timeline/Timeline';
import { CardBones } from './CardBones';
import { Composer } from './Composer';
import { DeletedBanner } from './DeletedBanner';
import { RecordCard } from './RecordCard';
import { RecordMenu } from './RecordMenu';
import styles from './RecordView.module.css';
import { Related } from './Related';
import { useDelete } from './useDelete';

/** Three panes where there is room; below 1320 px the right one is a tab, on a phone all three are. */
export function RecordView({ kind, id }: { kind: Kind; id: string }) {
  const { t } = useTranslation();
  const go = useGo();
  const client = useQueryClient();
  const found = useQuery({ ...recordQuery(kind.name, id), placeholderData: () => knownRecord(client, kind.name, id) });
  const remove = useDelete();
  const wide = useMediaQuery('(min-width: 1320px)', undefined, { getInitialValueInEffect: false });
  const phone = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
  // Narrower than this, buttons would leave the name no room.
  const roomy = useMediaQuery('(min-width: 1200px)', undefined, { getInitialValueInEffect: false });
  const [tab, setTab] = useState<string | null>(null);
  const record = found.data?.record;
  const keepsFiles = useKeepsFiles(kind, record);
  useEffect(() => {
    shownRecord.set(record);
    return () => shownRecord.set(undefined);
  }, [record]);

  useCommands([
    {
      id: 'record.back',
      title: 'ui:command.back',
      group: 'page',
      shortcut: 'escape',
      run: () => go(backToList(kind.name)),
    },
    {
      id: 'record.note',
      title: 'ui:command.note',
      group: 'page',
      shortcut: 'n',
      when: () => Boolean(record && !record.deletedAt),
      run: () => {
        setTab('timeline');
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-composer]')?.focus());
      },
    },
    {
      id: 'record.delete',
      title: 'ui:command.delete',
      group: 'page',
      when: () => Boolean(record && !record.deletedAt),
      run: () => record && void remove(kind, record),
    },
    ...(canCreate(kind.name)
      ? [
          {
            id: `create:${kind.name}`,
            icon: PlusIcon,
            title: `${kind.module}:kind.${kind.name}.new`,
            group: 'create' as const,
            shortcut: 'c',
            run: () => createDialog.set({ kind: kind.name, values: {} }),
          },
        ]
      : []),
  ]);

  const back = (
    <ActionIcon
      component="a"
      href={href(backToList(kind.name))}
      variant="subtle"
      color="gray"
      size={30}
      aria-label={t('record.back', { names: kindMany(kind) })}
    >
      <BackIcon size={18} stroke={1.7} />
    </ActionIcon>
  );

  if (found.error && !record) {
    const gone = found.error instanceof ApiError && found.error.status === 404;
    return (
      <>
        <PageBar title={gone ? t('fault.nowhere.title') : kindMany(kind)} back={back} />
        <ErrorState error={found.error} retry={() => void found.refetch()} />
      </>
    );
  }

  const links = found.data?.links ?? {};
  const card = record ? <RecordCard kind={kind} record={record} links={links} /> : <CardBones />;
  const middle = record && (
    <div className={styles.stream}>
      {!record.deletedAt && <Composer kind={kind} record={record} />}
      <Timeline kind={kind} id={id} locked={Boolean(record.deletedAt)} />
    </div>
  );
  const related = record && (
    <div className={styles.aside}>
      <FilesBlock key={id} kind={kind} record={record} drops />
      <Related kind={kind} record={record} links={links} />
    </div>
  );
  const current = tab ?? (phone ? 'details' : 'timeline');

  return (
    <>
      <PageBar title={(record ? titleOf(record) : undefined) ?? kindMany(kind)} back={back}>
        {record && !record.deletedAt && roomy && <OfferedButtons place="record" />}
        {record && <RecordMenu kind={kind} record={record} offered={!roomy} />}
      </PageBar>
      {record && keepsFiles && <DropTarget record={record} />}
      {record && <DeletedBanner kind={kind} record={record} />}
      <div className={styles.panes}>
        {!phone && <div className={styles.left}>{card}</div>}
        {wide ? (
          <>
            <div className={styles.middle}>{middle}</div>
            <div className={styles.right}>{related}</div>
          </>
        ) : (
          <Tabs
            value={current === 'details' && !phone ? 'timeline' : current}
            onChange={setTab}
            keepMounted={false}
            className={styles.tabs}
            classNames={{ list: styles.tabList, panel: styles.tabPanel }}
          >
            <Tabs.List>
              {phone && <Tabs.Tab value="details">{t('record.details')}</Tabs.Tab>}
              <Tabs.Tab value="timeline">{t('timeline.title')}</Tabs.Tab>
              <Tabs.Tab value="related">{t('related.title')}</Tabs.Tab>
            </Tabs.List>
            {phone && <Tabs.Panel value="details">{card}</Tabs.Panel>}
            <Tabs.Panel value="timeline">{middle}</Tabs.Panel>
            <Tabs.Panel value="related">
              <div className={styles.stream}>{related}</div>
            </Tabs.Panel>
          </Tabs>
        )}
      </div>
    </>
  );
}
