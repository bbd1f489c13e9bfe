import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds, useSession } from '@/api/house';
import type { Kind, Links } from '@/api/types';
import { type Condition, isMe, needsValue, normalise } from '@/lib/filter';
import { fieldText } from '../fields/fieldText';
import { CloseIcon } from '../icons';
import { ConditionForm } from './ConditionForm';
import { readRelative, relativeText } from './days';
import styles from './FilterBar.module.css';
import { findField, opText } from './filterFields';
import { lostName } from './lost';
import { useTitles } from './useTitles';
import { isTag } from './ValueInput';

type Props = {
  kind: Kind;
  condition: Condition;
  links: Links;
  open: boolean;
  onOpen: (open: boolean) => void;
  onChange: (next: Condition) => void;
  onRemove: () => void;
  /** The word between this and a second one that is enough, or must hold as well. */
  pairing: 'and' | 'or';
  onPair: (other: Condition) => void;
  onJoinNext?: () => void;
};

/** One condition as a chip: its words open the form, the cross takes it away. */
export function FilterChip({ kind, condition, links, open, onOpen, onChange, onRemove, ...more }: Props) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const kinds = useKinds();
  const [second, setSecond] = useState(false);
  const found = findField(kinds, kind, condition.field);
  const place = typeof found === 'string' ? undefined : found;
  const field = place?.field;
  const read = normalise(condition, field?.type);
  const shown = place && isTag(place) && read.op === '=' ? { ...read, op: 'in' as const } : read;
  const titles = useTitles(field, shown.values, links);
  const label = place?.label ?? lostName(kind, condition.field);
  const value = shown.values
    .map((v) => {
      if (isMe(v)) return t('view:page.filter.me');
      const relative = v.bare ? readRelative(v.text) : undefined;
      if (relative) return relativeText(relative);
      if (!place || shown.op === '~' || shown.op === '^') return v.text;
      if (field?.type === 'link') return titles[v.text] ?? v.text;
      const day = field?.type === 'instant' ? { ...place.field, type: 'date' as const } : place.field;
      return fieldText(place.kind, day, v.text === 'false' ? false : v.text, { links, currency }, place.list);
    })
    .join(', ');
  const set = (on: boolean) => {
    setSecond(false);
    onOpen(on);
  };
  return (
    <span className={styles.chip} data-missing={found === 'missing' || undefined}>
      <Popover opened={open} onChange={set} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className={styles.chipText}
            onClick={() => set(!open)}
            aria-expanded={open}
            data-chip
            data-removes
            title={found === 'missing' ? t('view:page.filter.missing', { field: label }) : undefined}
          >
            {shown.not && <em>{t('view:page.filter.notWord')} </em>}
            {label} <span>{opText(shown.op, field?.type)}</span> {needsValue(shown.op) && <strong>{value}</strong>}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={12}>
          {second ? (
            <ConditionForm key="second" kind={kind} links={links} onDone={more.onPair} />
          ) : (
            <ConditionForm key="own" kind={kind} links={links} start={shown} onDone={onChange}>
              <div className={styles.more}>
                <Button size="xs" variant="subtle" color="gray" onClick={() => setSecond(true)}>
                  {t(`view:page.filter.pair.${more.pairing}`)}
                </Button>
                {more.onJoinNext && (
                  <Button size="xs" variant="subtle" color="gray" onClick={more.onJoinNext}>
                    {t('view:page.filter.joinNext')}
                  </Button>
                )}
              </div>
            </ConditionForm>
          )}
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        className={styles.chipRemove}
        aria-label={t('filter.remove', { field: label })}
        onClick={onRemove}
        data-remove
      >
        <CloseIcon size={13} />
      </button>
    </span>
  );
}
