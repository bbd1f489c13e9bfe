import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind, Links } from '@/api/types';
import { compose, type Group } from '@/lib/filter';
import { readFilter } from '@/lib/filterText';
import { add } from '@/lib/filterTree';
import { CodeIcon, FilterIcon, PlusIcon } from '../icons';
import { ConditionForm } from './ConditionForm';
import { chipKeys } from './chipKeys';
import styles from './FilterBar.module.css';
import { FilterGroup } from './FilterGroup';
import { FilterText } from './FilterText';

type Props = { kind: Kind; where: string; links: Links; onChange: (where: string) => void };

/** The filter of a list as chips, in brackets where "and" and "or" need them, and as text for whoever likes to type. */
export function FilterBar({ kind, where, links, onChange }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const root = readFilter(where);

  const set = (next: Group) => {
    setOpen(null);
    onChange(compose(next));
  };
  const some = root !== undefined && root.parts.length > 0;
  const toggled = (what: string) => () => setOpen(open === what ? null : what);

  return (
    <fieldset className={styles.bar} aria-label={t('filter.label')} onKeyDown={chipKeys}>
      {root && <FilterGroup bar={{ kind, links, root, set, open, setOpen }} group={root} path={[]} />}
      {root === undefined && <code className={styles.expression}>{where}</code>}
      {root && (
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
              variant={some ? 'subtle' : 'default'}
              color={some ? 'accent' : undefined}
              leftSection={some ? <PlusIcon size={14} /> : <FilterIcon size={15} />}
              onClick={toggled('new')}
              data-filter-add
            >
              {t(some ? 'filter.more' : 'filter.add')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown p={12}>
            <ConditionForm kind={kind} links={links} onDone={(c) => set(add(root, [], c))} />
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
                onClick={toggled('text')}
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
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => {
              setOpen(null);
              onChange('');
            }}
          >
            {t('filter.clear')}
          </Button>
        </>
      )}
    </fieldset>
  );
}
