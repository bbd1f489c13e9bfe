import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DropVeil } from '@/ui/files/DropVeil';
import { ChevronLeftIcon, ChevronRightIcon, DownloadIcon, MoreIcon, PlusIcon, UploadIcon } from '@/ui/icons';
import styles from './calendar.module.css';
import { IntakeDialog } from './IntakeDialog';
import { type View, viewOf, views } from './span';
import { useFiles } from './useFiles';

type Props = {
  view: View;
  name: string;
  onView: (view: View) => void;
  onTurn: (by: 1 | -1) => void;
  onToday: () => void;
  onNew: () => void;
};

export function Toolbar({ view, name, onView, onTurn, onToday, onNew }: Props) {
  const { t } = useTranslation();
  const files = useFiles();
  return (
    <div className={styles.toolbar}>
      <Button variant="default" onClick={onToday}>
        {t('activities:page.calendar.today')}
      </Button>
      <span className={styles.turn}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={t('activities:page.calendar.before')}
          onClick={() => onTurn(-1)}
        >
          <ChevronLeftIcon size={18} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={t('activities:page.calendar.after')}
          onClick={() => onTurn(1)}
        >
          <ChevronRightIcon size={18} />
        </ActionIcon>
      </span>
      <h2 className={styles.name} aria-live="polite">
        {name}
      </h2>
      <SegmentedControl
        size="xs"
        aria-label={t('activities:page.calendar.view')}
        value={view}
        onChange={(next) => onView(viewOf(next))}
        data={views.map((value) => ({ value, label: t(`activities:page.calendar.${value}`) }))}
      />
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant="default" size={31} loading={files.busy} aria-label={t('activities:page.calendar.files')}>
            <MoreIcon size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<UploadIcon size={16} />} onClick={() => void files.choose()}>
            {t('activities:page.calendar.import')}
          </Menu.Item>
          <Menu.Item leftSection={<DownloadIcon size={16} />} onClick={() => void files.give()}>
            {t('activities:page.calendar.export')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button leftSection={<PlusIcon size={16} />} onClick={onNew}>
        {t('activities:kind.meeting.new')}
      </Button>
      {files.over && <DropVeil text={t('activities:page.calendar.drop')} />}
      <IntakeDialog taken={files.taken} onClose={files.forget} />
    </div>
  );
}
