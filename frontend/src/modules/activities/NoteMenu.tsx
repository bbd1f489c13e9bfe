import { Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import { deleteRecord, refresh } from '@/api/queries';
import type { Detail } from '@/api/types';
import type { PresenterProps } from '@/lib/modules';
import { BinIcon, EditIcon } from '@/ui/icons';
import { MoreMenu } from '@/ui/MoreMenu';
import { reportChange, reportFault } from '@/ui/undo';
import { editedNote } from './editing';

export function NoteMenu({ entry, owner }: PresenterProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const id = entry.record?.id;
  if (!id) return null;
  const remove = async () => {
    try {
      const { record } = await call<Detail>(`/records/note/${id}`);
      const saved = await deleteRecord('note', id, record.version);
      refresh(client, [{ kind: 'note', id }, owner]);
      reportChange(t('activities:note.deleted'), saved.batch);
    } catch (error) {
      reportFault(error);
    }
  };
  return (
    <MoreMenu label={t('activities:note.menu')} width={180}>
      <Menu.Item leftSection={<EditIcon size={15} />} onClick={() => editedNote.set(id)}>
        {t('activities:note.edit')}
      </Menu.Item>
      <Menu.Item color="red" leftSection={<BinIcon size={15} />} onClick={() => void remove()}>
        {t('activities:note.delete')}
      </Menu.Item>
    </MoreMenu>
  );
}
