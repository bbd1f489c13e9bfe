import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/types';
import { useGo } from '@/lib/nav';
import { fieldLabel } from '@/lib/words';
import { ColumnsIcon, DownIcon, PlusIcon, UpIcon } from '../icons';
import styles from './ColumnChooser.module.css';
import { allColumnFields } from './columns';

type Props = { kind: Kind; shown: string[]; onChange: (keys: string[]) => void; onReset: () => void };

export function ColumnChooser({ kind, shown, onChange, onReset }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const fields = allColumnFields(kind);
  const rest = fields.filter((f) => !shown.includes(f.key));
  const move = (key: string, by: number) => {
    const at = shown.indexOf(key);
    const next = shown.filter((k) => k !== key);
    next.splice(at + by, 0, key);
    onChange(next);
  };
  return (
    <Popover position="bottom-end" trapFocus returnFocus width={280}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<ColumnsIcon size={16} />}
          className={styles.button}
          aria-label={t('columns.label')}
        >
          <span>{t('columns.label')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <div className={styles.list}>
          <div className={styles.head}>{t('columns.shown')}</div>
          {shown.map((key, i) => {
            const label = fieldLabel(kind, key);
            const title = key === kind.title;
            return (
              <div key={key} className={styles.row}>
                <Checkbox
                  size="xs"
                  label={label}
                  checked
                  disabled={title}
                  onChange={() => onChange(shown.filter((k) => k !== key))}
                />
                <span className={styles.moves}>
                  {!title && i > 1 && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size={24}
                      aria-label={t('columns.up', { field: label })}
                      onClick={() => move(key, -1)}
                    >
                      <UpIcon size={14} />
                    </ActionIcon>
                  )}
                  {!title && i < shown.length - 1 && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size={24}
                      aria-label={t('columns.down', { field: label })}
                      onClick={() => move(key, 1)}
                    >
                      <DownIcon size={14} />
                    </ActionIcon>
                  )}
                </span>
              </div>
            );
          })}
          {rest.length > 0 && <div className={styles.head}>{t('columns.more')}</div>}
          {rest.map((field) => (
            <div key={field.key} className={styles.row}>
              <Checkbox
                size="xs"
                label={fieldLabel(kind, field.key)}
                checked={false}
                onChange={() => onChange([...shown, field.key])}
              />
            </div>
          ))}
        </div>
        <div className={styles.foot}>
          {kind.extensible && (
            <Button
              size="xs"
              variant="subtle"
              leftSection={<PlusIcon size={14} />}
              onClick={() => go(`/settings?tab=fields&kind=${kind.name}`)}
            >
              {t('field:page.own')}
            </Button>
          )}
          <Button size="xs" variant="subtle" color="gray" onClick={onReset}>
            {t('columns.reset')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
