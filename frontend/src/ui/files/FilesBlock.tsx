import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind, Row } from '@/api/types';
import { Block } from '../Block';
import { FileGroup } from './FileGroup';
import styles from './files.module.css';
import { filesQuery } from './requests';
import { useChooseFile } from './useChooseFile';
import { useKeepsFiles } from './useKeepsFiles';
import { byName, sameName } from './versions';

const folded = 6;

type Props = { kind: Kind; record: Row; drops?: boolean };

/** The files beside a record, each name once with its versions; on pages that take dropped files it says so. */
export function FilesBlock({ kind, record, drops = false }: Props) {
  const { t } = useTranslation();
  const keeps = useKeepsFiles(kind, record);
  const files = useQuery({ ...filesQuery(record.id), enabled: keeps || Boolean(record.deletedAt) });
  const choose = useChooseFile(record);
  const [all, setAll] = useState(false);
  const groups = byName(files.data?.rows ?? []);
  if (!keeps && groups.length === 0) return null;
  const taken = (name: string) => groups.some((g) => sameName(g.name, name));
  return (
    <Block
      title={t('files:page.title')}
      count={groups.length}
      add={keeps ? { label: t('files:page.add'), run: () => void choose() } : undefined}
      region
    >
      {groups.length > 0 && (
        <ul className={styles.list}>
          {(all ? groups : groups.slice(0, folded)).map((group) => (
            <FileGroup key={group.newest.id} group={group} kind={kind} record={record} taken={taken} choose={choose} />
          ))}
        </ul>
      )}
      {files.data && groups.length === 0 && (
        <p className={styles.none}>{t(drops ? 'files:page.none' : 'files:page.noneYet')}</p>
      )}
      {groups.length > folded && (
        <Button variant="subtle" size="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('files:page.less') : t('files:page.more', { count: groups.length - folded })}
        </Button>
      )}
    </Block>
  );
}
