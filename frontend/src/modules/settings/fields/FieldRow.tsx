import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/types';
import { number } from '@/lib/format';
import { groupLabel } from '@/lib/words';
import { Badge } from '@/ui/Badge';
import { CompareIcon, DownIcon, EditIcon, HideIcon, MoreIcon, ShowIcon, UpIcon } from '@/ui/icons';
import type { Definition } from '@/ui/own/requests';
import styles from './fields.module.css';

type Props = {
  kind: Kind;
  field: Definition;
  filled: number;
  first: boolean;
  last: boolean;
  onEdit: () => void;
  onConvert: () => void;
  onHide: (away: boolean) => void;
  onMove: (by: number) => void;
};

/** One field: what it is called, what it holds and how many records have it. */
export function FieldRow({ kind, field, filled, first, last, onEdit, onConvert, onHide, onMove }: Props) {
  const { t } = useTranslation();
  const hidden = field.hidden === true;
  return (
    <li className={styles.row} data-hidden={hidden || undefined}>
      <button
        type="button"
        className={styles.name}
        onClick={onEdit}
        onKeyDown={(event) => {
          if (!event.altKey || hidden || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          onMove(event.key === 'ArrowUp' ? -1 : 1);
        }}
      >
        <strong>{field.label}</strong>
        <span>
          {t(`field:option.field.type.${field.type}`)} · {groupLabel(kind, field.group ?? 'own')}
        </span>
      </button>
      {field.required && <Badge tone="indigo">{t('field:page.required')}</Badge>}
      <span className={styles.filled}>{t('field:page.filled', { count: filled, number: number(String(filled)) })}</span>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('field:page.menu', { field: field.label })}>
            <MoreIcon size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<EditIcon size={16} />} onClick={onEdit}>
            {t('field:page.edit')}
          </Menu.Item>
          {field.type !== 'link' && !hidden && (
            <Menu.Item leftSection={<CompareIcon size={16} />} onClick={onConvert}>
              {t('field:page.convert')}
            </Menu.Item>
          )}
          {!hidden && (
            <>
              <Menu.Item leftSection={<UpIcon size={16} />} disabled={first} onClick={() => onMove(-1)}>
                {t('field:page.up')}
              </Menu.Item>
              <Menu.Item leftSection={<DownIcon size={16} />} disabled={last} onClick={() => onMove(1)}>
                {t('field:page.down')}
              </Menu.Item>
            </>
          )}
          <Menu.Divider />
          <Menu.Item
            leftSection={hidden ? <ShowIcon size={16} /> : <HideIcon size={16} />}
            onClick={() => onHide(!hidden)}
          >
            {t(hidden ? 'field:page.show' : 'field:page.hide')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
