import { Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import type { Field, Kind, Links } from '@/api/types';
import { type Condition, needsValue, normalise } from '@/lib/filter';
import { fieldLabel } from '@/lib/words';
import { fieldText } from '../fields/fieldText';
import { CloseIcon } from '../icons';
import { ConditionForm } from './ConditionForm';
import styles from './FilterBar.module.css';

type Props = {
  kind: Kind;
  condition: Condition;
  fields: Field[];
  links: Links;
  open: boolean;
  onOpen: (open: boolean) => void;
  onChange: (next: Condition) => void;
  onRemove: () => void;
};

export function FilterChip({ kind, condition, fields, links, open, onOpen, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const field = fields.find((f) => f.key === condition.field);
  const read = normalise(condition, field?.type);
  const shown = field?.key === 'tag' && read.op === '=' ? { ...read, op: 'in' as const } : read;
  const label = fieldLabel(kind, condition.field);
  const value = shown.values
    .map((v) =>
      field && !/^(today|me)/.test(v) ? fieldText(kind, field, v === 'false' ? false : v, { links, currency }) : v,
    )
    .join(', ');
  return (
    <span className={styles.chip}>
      <Popover opened={open} onChange={onOpen} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={styles.chipText} onClick={() => onOpen(!open)} aria-expanded={open}>
            {shown.not && <em>{t('view:page.filter.notWord')} </em>}
            {label} <span>{t(`filter.op.${shown.op}`)}</span> {needsValue(shown.op) && <strong>{value}</strong>}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={12}>
          <ConditionForm kind={kind} fields={fields} links={links} start={shown} onDone={onChange} />
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        className={styles.chipRemove}
        aria-label={t('filter.remove', { field: label })}
        onClick={onRemove}
      >
        <CloseIcon size={13} />
      </button>
    </span>
  );
}
