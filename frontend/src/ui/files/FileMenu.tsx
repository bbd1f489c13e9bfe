import { Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deleteRecords, refresh } from '@/api/queries';
import type { Row } from '@/api/types';
import { BinIcon, DownloadIcon, EditIcon, UploadIcon } from '../icons';
import { MoreMenu } from '../MoreMenu';
import { reportChange, reportFault } from '../undo';
import { nameOf } from './requests';
import { useSaveFile } from './useSaveFile';

type Props = {
  /** The file, and the versions that go into the bin with it. */
  files: [Row, ...Row[]];
  owner: { kind: string; id: string };
  onRename?: () => void;
  onVersion?: () => void;
};

export function FileMenu({ files, owner, onRename, onVersion }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file] = files;
  const [, save] = useSaveFile(file);
  const name = nameOf(file);
  const remove = async () => {
    try {
      const done = await deleteRecords(
        'file',
        files.map((f) => f.id),
      );
      refresh(client, [...files.map((f) => ({ kind: 'file', id: f.id })), owner]);
      reportChange(t('files:page.deleted', { name, count: files.length }), done.batch);
    } catch (error) {
      reportFault(error);
    }
  };
  return (
    <MoreMenu label={t('files:page.menu', { name })} width={230}>
      <Menu.Item leftSection={<DownloadIcon size={15} />} onClick={save}>
        {t('files:page.save')}
      </Menu.Item>
      {onVersion && (
        <Menu.Item leftSection={<UploadIcon size={15} />} onClick={onVersion}>
          {t('files:page.addVersion')}
        </Menu.Item>
      )}
      {onRename && (
        <Menu.Item leftSection={<EditIcon size={15} />} onClick={onRename}>
          {t('files:page.rename')}
        </Menu.Item>
      )}
      <Menu.Item color="red" leftSection={<BinIcon size={15} />} onClick={() => void remove()}>
        {t('files:page.delete', { count: files.length })}
      </Menu.Item>
    </MoreMenu>
  );
}
