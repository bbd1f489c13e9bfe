import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind, Links } from '@/api/types';
import { type Condition, compose, readFilter } from '@/lib/filter';
import { CodeIcon, FilterIcon, PlusIcon } from '../icons';
import { ConditionForm } from './ConditionForm';
import styles from './FilterBar.module.css';
import { FilterChip } from './FilterChip';
import { FilterText } from './FilterText';
import { filterFields } from './filterFields';

type Props = { kind: Kind; where: string; links: Links; onChange: (where: string) => void };

/** The filter of a list as chips, one a condition, and as text for whoever wants more than "and". */
export function FilterBar({ kind, where, links, onChange }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | 'new' | 'text' | null>(null);
  const fields = filterFields(kind);
  const conditions = readFilter(where);

  const set = (next: Condition[]) => {
    setOpen(null);
    onChange(compose(next, fields));
  };

  return (
    <fieldset className={styles.bar} aria-label={t('filter.label')}>
      {conditions?.map((condition, i) => (
        <FilterChip
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions may repeat; their place tells them apart
          key={i}
          kind={kind}
          condition={condition}
          fields={fields}
          links={links}
          open={open === i}
          onOpen={(on) => setOpen(on ? i : null)}
          onChange={(next) => set(conditions.map((c, at) => (at === i ? next : c)))}
          onRemove={() => set(conditions.filter((_, at) => at !== i))}
        />
      ))}
      {conditions === undefined && <code className={styles.expression}>{where}</code>}
      {conditions && (
        <Popover
          opened={open === 'new'}
          onChange={(on) => setOpen(on ? 'new' : null)}
          position="bottom-start"
          trapFocus
          returnFocus
        >
          <Popover.Target>
            <Button
              size="xs"
              variant={conditions.length > 0 ? 'subtle' : 'default'}
              color={conditions.length > 0 ? 'accent' : undefined}
              leftSection={conditions.length > 0 ? <PlusIcon size={14} /> : <FilterIcon size={15} />}
              onClick={() => setOpen(open === 'new' ? null : 'new')}
              data-filter-add
            >
              {t(conditions.length > 0 ? 'filter.more' : 'filter.add')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown p={12}>
            <ConditionForm kind={kind} fields={fields} links={links} onDone={(c) => set([...conditions, c])} />
          </Popover.Dropdown>
        </Popover>
      )}
      {where && (
        <>
          <Popover
            opened={open === 'text'}
            onChange={(on) => setOpen(on ? 'text' : null)}
            position="bottom-start"
            trapFocus
            returnFocus
          >
            <Popover.Target>
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                leftSection={<CodeIcon size={15} />}
                onClick={() => setOpen(open === 'text' ? null : 'text')}
              >
                {t('filter.asText')}
              </Button>
            </Popover.Target>
            <Popover.Dropdown p={12}>
              <FilterText
                kind={kind}
                where={where}
                onDone={(next) => {
                  setOpen(null);
                  onChange(next);
                }}
              />
            </Popover.Dropdown>
          </Popover>
          <Button size="xs" variant="subtle" color="gray" onClick={() => set([])}>
            {t('filter.clear')}
          </Button>
        </>
      )}
    </fieldset>
  );
}
