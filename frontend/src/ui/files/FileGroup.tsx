import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind, Row } from '@/api/types';
import { ago } from '@/lib/format';
import { ChevronDownIcon } from '../icons';
import { FileMark } from './FileMark';
import { FileMenu } from './FileMenu';
import { FileName } from './FileName';
import styles from './files.module.css';
import { RenameFile } from './RenameFile';
import { editionOf, sizeOf, typeOf } from './requests';
import { sizeText } from './size';
import type { Versions } from './versions';

type Props = {
  group: Versions;
  kind: Kind;
  record: Row;
  taken: (name: string) => boolean;
  choose: (as: string) => Promise<void>;
};

/** One name: its newest version, and the older ones where somebody asks for them. */
export function FileGroup({ group, kind, record, taken, choose }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const { newest, all } = group;
  const owner = { kind: kind.name, id: record.id };
  const [, ...older] = all;
  return (
    <li>
      <div className={styles.row}>
        <FileMark type={typeOf(newest)} name={group.name} />
        {renaming ? (
          <RenameFile group={group} taken={taken} owner={owner} onClose={() => setRenaming(false)} />
        ) : (
          <span className={styles.about}>
            <FileName file={newest} />
            <small>
              {sizeText(sizeOf(newest))} · {ago(String(newest.createdAt))}
              {older.length > 0 && (
                <button
                  type="button"
                  className={styles.versions}
                  aria-expanded={open}
                  data-open={open || undefined}
                  onClick={() => setOpen(!open)}
                >
                  {t('files:page.versions', { count: all.length })} <ChevronDownIcon size={12} />
                </button>
              )}
            </small>
          </span>
        )}
        {!record.deletedAt && (
          <FileMenu
            files={[newest, ...older]}
            owner={owner}
            onRename={() => setRenaming(true)}
            onVersion={() => void choose(group.name)}
          />
        )}
      </div>
      {open && older.length > 0 && (
        <ul className={styles.older}>
          {older.map((file) => (
            <li key={file.id} className={styles.row}>
              <span className={styles.about}>
                <FileName file={file} label={t('files:page.edition', { edition: editionOf(file) })} />
                <small>
                  {sizeText(sizeOf(file))} · {ago(String(file.createdAt))}
                </small>
              </span>
              {!record.deletedAt && <FileMenu files={[file]} owner={owner} />}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
