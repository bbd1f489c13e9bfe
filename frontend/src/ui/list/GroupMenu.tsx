import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/types';
import { CheckIcon, GroupIcon } from '../icons';
import styles from './ColumnChooser.module.css';
import { type Grouping, type GroupSort, groupings, groupingText, groupSorts } from './grouping';

type Props = {
  kind: Kind;
  grouping?: Grouping;
  sort: GroupSort;
  onGroup: (by: string | undefined) => void;
  onSort: (sort: GroupSort) => void;
  onFold?: (folded: boolean) => void;
};

/** By what the rows stand together, in which order, and all of them opened or folded. */
export function GroupMenu({ kind, grouping, sort, onGroup, onSort, onFold }: Props) {
  const { t } = useTranslation();
  const choices = groupings(kind);
  if (choices.length === 0) return null;
  const label = grouping
    ? t('view:page.group.grouped', { field: groupingText(kind, grouping) })
    : t('view:page.group.label');
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button
          variant={grouping ? 'light' : 'default'}
          leftSection={<GroupIcon size={16} />}
          className={styles.narrow}
          aria-label={label}
          data-group-menu
        >
          <span className={styles.buttonText}>{label}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu}>
        {grouping && (
          <>
            <Menu.Item onClick={() => onGroup(undefined)}>{t('view:page.group.not')}</Menu.Item>
            <Menu.Item onClick={() => onFold?.(true)}>{t('view:page.group.foldAll')}</Menu.Item>
            <Menu.Item onClick={() => onFold?.(false)}>{t('view:page.group.openAll')}</Menu.Item>
            <Menu.Label>{t('view:page.group.order')}</Menu.Label>
            {groupSorts.map((s) => (
              <Menu.Item key={s} rightSection={s === sort ? <CheckIcon size={14} /> : null} onClick={() => onSort(s)}>
                {t(`view:page.group.sort.${s}`)}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Label>{t('view:page.group.field')}</Menu.Label>
        {choices.map((choice) => (
          <Menu.Item
            key={choice.by}
            rightSection={choice.by === grouping?.by ? <CheckIcon size={14} /> : null}
            onClick={() => onGroup(choice.by)}
          >
            {groupingText(kind, choice)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
