import { ActionIcon, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import type { Kind, Row } from '@/api/types';
import { number } from '@/lib/format';
import { PlusIcon } from '../icons';
import { FileGroup } from './FileGroup';
import styles from './files.module.css';
import { filesQuery } from './requests';
import { useChooseFile } from './useChooseFile';
import { useKeepsFiles } from './useKeepsFiles';
import { byName, sameName } from './versions';

const folded = 6;

/** The files beside a record, each name once with its versions. */
export function FilesBlock({ kind, record }: { kind: Kind; record: Row }) {
  const { t } = useTranslation();
  const keeps = useKeepsFiles(kind, record);
  const files = useQuery({ ...filesQuery(record.id), enabled: keeps || Boolean(record.deletedAt) });
  const choose = useChooseFile(record);
  const [all, setAll] = useState(false);
  const groups = byName(files.data?.rows ?? []);
  if (!keeps && groups.length === 0) return null;
  const taken = (name: string) => groups.some((g) => sameName(g.name, name));
  return (
    <section className={styles.block} aria-label={t('files:page.title')}>
      <h3>
        {t('files:page.title')} {groups.length > 0 && <small>{number(groups.length)}</small>}
        {keeps && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t('files:page.add')}
            onClick={() => void choose()}
          >
            <PlusIcon size={16} />
          </ActionIcon>
        )}
      </h3>
      {groups.length > 0 && (
        <ul>
          {(all ? groups : groups.slice(0, folded)).map((group) => (
            <FileGroup key={group.newest.id} group={group} kind={kind} record={record} taken={taken} choose={choose} />
          ))}
        </ul>
      )}
      {files.data && groups.length === 0 && (
        <p className={styles.none}>{t(platform().door === 'window' ? 'files:page.noneYet' : 'files:page.none')}</p>
      )}
      {groups.length > folded && (
        <Button variant="subtle" size="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('files:page.less') : t('files:page.more', { count: groups.length - folded })}
        </Button>
      )}
    </section>
  );
}
