import { ActionIcon, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deleteRecord, refresh } from '@/api/queries';
import { useGo } from '@/lib/nav';
import { BinIcon, DuplicateIcon, HistoryIcon, MoreIcon } from '@/ui/icons';
import { reportChange, reportFault } from '@/ui/undo';
import { copyQuotation } from './copyQuotation';
import { documentOf } from './document';
import { type Editing, forgetKept } from './Editing';

export function DraftMenu({ editing }: { editing: Editing }) {
  const { t } = useTranslation();
  const go = useGo();
  const client = useQueryClient();
  editing.state.use(); // the id comes with the first save
  const { id } = editing;
  if (!id) return null;

  const remove = async () => {
    try {
      await editing.flush();
      const saved = await deleteRecord('quotation', id, editing.version);
      forgetKept(id);
      refresh(client, [{ kind: 'quotation', id }]);
      reportChange(t('record.deleted', { title: saved.record.label || t('sales:page.untitled') }), saved.batch);
      go('/quotation');
    } catch (error) {
      reportFault(error);
    }
  };
  const copy = async () => {
    try {
      await editing.flush();
      const stored = await copyQuotation(documentOf(editing.draft.get()).json);
      go(`/quotation/${stored.id}`);
    } catch (error) {
      reportFault(error);
    }
  };
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('record.menu')}>
          <MoreIcon size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<DuplicateIcon size={16} />} onClick={() => void copy()}>
          {t('sales:page.copy')}
        </Menu.Item>
        <Menu.Item leftSection={<HistoryIcon size={16} />} onClick={() => go(`/history?record=${id}&kind=quotation`)}>
          {t('record.history')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<BinIcon size={16} />} onClick={() => void remove()}>
          {t('record.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
