import { ActionIcon, Menu, Popover } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind, Links } from '@/api/types';
import { type Group, isGroup } from '@/lib/filter';
import { add, headOf, heads, joinable, joinNext, type Path, pair, put, setHead, ungroup } from '@/lib/filterTree';
import { CloseIcon, PlusIcon } from '../icons';
import { ConditionForm } from './ConditionForm';
import styles from './FilterBar.module.css';
import { FilterChip } from './FilterChip';

/** What every part of the bar needs: the whole tree, which form is open, and how to change both. */
export type Bar = {
  kind: Kind;
  links: Links;
  root: Group;
  set: (next: Group) => void;
  open: string | null;
  setOpen: (what: string | null) => void;
};

type Props = { bar: Bar; group: Group; path: Path };

/** How the parts of a group go together, and what can be done with the group. */
function GroupHead({ bar, group, path }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" width={230}>
      <Menu.Target>
        <button type="button" className={styles.head} data-chip>
          {t(`view:page.filter.head.${headOf(group)}`)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {heads.map((head) => (
          <Menu.Item
            key={head}
            disabled={head === headOf(group)}
            onClick={() => bar.set(setHead(bar.root, path, head))}
          >
            {t(`view:page.filter.headWhole.${head}`)}
          </Menu.Item>
        ))}
        {path.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => bar.set(ungroup(bar.root, path))}>{t('view:page.filter.ungroup')}</Menu.Item>
            <Menu.Item onClick={() => bar.set(put(bar.root, path))}>{t('view:page.filter.removeGroup')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The parts of a group, one after the other; a group in a group stands in brackets. */
export function FilterGroup({ bar, group, path }: Props) {
  const { t } = useTranslation();
  const inner = path.length > 0;
  const adding = `add:${path.join('.')}`;
  const parts = group.parts.map((part, i) => {
    const own = [...path, i];
    const key = own.join('.');
    if (isGroup(part)) return <FilterGroup key={key} bar={bar} group={part} path={own} />;
    return (
      <FilterChip
        key={key}
        kind={bar.kind}
        condition={part}
        links={bar.links}
        open={bar.open === key}
        onOpen={(on) => bar.setOpen(on ? key : null)}
        onChange={(next) => bar.set(put(bar.root, own, next))}
        onRemove={() => bar.set(put(bar.root, own))}
        pairing={group.join === 'and' ? 'or' : 'and'}
        onPair={(other) => bar.set(pair(bar.root, own, other))}
        onJoinNext={joinable(group, i) ? () => bar.set(joinNext(bar.root, own)) : undefined}
      />
    );
  });
  const joined = parts.map((part, i) => (
    <Fragment key={part.key}>
      {i > 0 && <span className={styles.join}>{t(`view:page.filter.join.${group.join}`)}</span>}
      {part}
    </Fragment>
  ));
  const head = group.parts.length > 1 && <GroupHead bar={bar} group={group} path={path} />;
  if (!inner)
    return (
      <>
        {head}
        {joined}
      </>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a line of chips
    <span className={styles.group} role="group" aria-label={t(`view:page.filter.headWhole.${headOf(group)}`)}>
      {head}
      {joined}
      <Popover
        opened={bar.open === adding}
        onChange={(on) => bar.setOpen(on ? adding : null)}
        position="bottom-start"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t('view:page.filter.addHere')}
            onClick={() => bar.setOpen(bar.open === adding ? null : adding)}
            data-chip
          >
            <PlusIcon size={14} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown p={12}>
          <ConditionForm kind={bar.kind} links={bar.links} onDone={(c) => bar.set(add(bar.root, path, c))} />
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        className={styles.chipRemove}
        aria-label={t('view:page.filter.removeGroup')}
        onClick={() => bar.set(put(bar.root, path))}
      >
        <CloseIcon size={13} />
      </button>
    </span>
  );
}
