import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind, Links } from '@/api/types';
import { inSentence, kindMany } from '@/lib/words';
import { FilterBar } from '../filter/FilterBar';
import { PlusIcon, SearchIcon } from '../icons';
import { ColumnChooser } from './ColumnChooser';
import { GroupMenu } from './GroupMenu';
import { ListMenu } from './ListMenu';
import styles from './RecordList.module.css';
import type { useListState } from './useListState';

type Props = {
  kind: Kind;
  state: ReturnType<typeof useListState>;
  links: Links;
  onCreate?: () => void;
  onGrid: () => void;
  onFold?: (folded: boolean) => void;
};

export function ListToolbar({ kind, state, links, onCreate, onGrid, onFold }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(state.q);
  const ask = useDebouncedCallback((q: string) => state.change({ q: q.trim() || undefined }), 120);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change from outside (Back, a cleared filter) is taken over
  useEffect(() => {
    if (state.q !== text.trim()) setText(state.q);
  }, [state.q]);
  const filter = (
    <FilterBar
      kind={kind}
      where={state.where}
      links={links}
      onChange={(where) => state.change({ where: where || undefined }, true)}
    />
  );

  return (
    <>
      <div className={styles.toolbar}>
        <TextInput
          id="list-find"
          className={styles.find}
          aria-label={t('list.find', { names: inSentence(kindMany(kind)) })}
          placeholder={t('list.find', { names: inSentence(kindMany(kind)) })}
          leftSection={<SearchIcon size={15} />}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value);
            ask(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text) {
              setText('');
              ask('');
            } else if (event.key === 'ArrowDown' || event.key === 'Enter' || event.key === 'Escape') {
              event.preventDefault();
              onGrid();
            }
          }}
        />
        <div className={styles.filters}>{!state.where && filter}</div>
        <div className={styles.tools}>
          <GroupMenu
            kind={kind}
            grouping={state.grouping}
            sort={state.groupSort}
            onGroup={state.groupBy}
            onSort={state.sortGroups}
            onFold={onFold}
          />
          <ColumnChooser kind={kind} shown={state.columns} onChange={state.setColumns} onReset={state.resetColumns} />
          <ListMenu />
          {onCreate && (
            <Button
              className={styles.create}
              leftSection={<PlusIcon size={16} />}
              onClick={onCreate}
              aria-label={t(`${kind.module}:kind.${kind.name}.new`)}
            >
              <span className={styles.createText}>{t(`${kind.module}:kind.${kind.name}.new`)}</span>
            </Button>
          )}
        </div>
      </div>
      {state.where && <div className={styles.chips}>{filter}</div>}
    </>
  );
}
