import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blockQuery, searchQuery } from '@/api/queries';
import type { Links } from '@/api/types';
import { titleOf } from '@/lib/words';
import { CloseIcon } from '../icons';
import { RecordMark } from '../RecordMark';
import styles from './RecordPicker.module.css';

type Props = {
  targets: string[];
  value: string | null;
  title: string;
  onPick: (id: string | null, links?: Links) => void;
  open?: boolean;
  label?: string;
  'aria-label'?: string;
  error?: string;
  autoFocus?: boolean;
  placeholder?: string;
};

type Choice = { id: string; kind: string; title: string; subtitle?: string };

/** Picks one record of another kind by typing a part of its name. */
export function RecordPicker({ targets, value, title, onPick, open, ...rest }: Props) {
  const { t } = useTranslation();
  const box = useCombobox({ defaultOpened: open, onDropdownClose: () => box.resetSelectedOption() });
  const [text, setText] = useState(title);
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    if (!typing) setText(title);
  }, [title, typing]);
  const [asked] = useDebouncedValue(typing ? text.trim() : '', 80);
  const only = targets.length === 1 ? (targets[0] ?? '') : '';
  const found = useQuery({
    ...searchQuery(asked, only, 12),
    enabled: box.dropdownOpened && asked !== '',
    placeholderData: keepPreviousData,
  });
  const first = useQuery({
    ...blockQuery(only || (targets[0] ?? ''), { where: '', sort: '-updatedAt' }, 0, 8),
    enabled: box.dropdownOpened && asked === '' && targets.length > 0,
  });
  const choices: Choice[] = asked
    ? (found.data ?? []).filter((h) => targets.includes(h.kind))
    : (first.data?.rows ?? []).map((r) => ({ id: r.id, kind: r.kind, title: titleOf(r) }));

  const choose = (choice: Choice | undefined) => {
    setTyping(false);
    setText(choice?.title ?? '');
    box.closeDropdown();
    onPick(choice?.id ?? null, choice && { [choice.id]: { kind: choice.kind, title: choice.title } });
  };

  return (
    <Combobox
      store={box}
      onOptionSubmit={(id) => choose(choices.find((c) => c.id === id))}
      shadow="md"
      transitionProps={{ duration: 60 }}
    >
      <Combobox.Target>
        <InputBase
          {...rest}
          value={text}
          autoComplete="off"
          spellCheck={false}
          placeholder={rest.placeholder ?? t('pick.search')}
          onFocus={(e) => {
            e.currentTarget.select();
            if (!value) box.openDropdown();
          }}
          onClick={() => box.openDropdown()}
          onChange={(e) => {
            setTyping(true);
            setText(e.currentTarget.value);
            box.openDropdown();
            box.selectFirstOption();
          }}
          onBlur={() => {
            box.closeDropdown();
            setTyping(false);
            if (text.trim() === '' && value) choose(undefined);
            else setText(title);
          }}
          rightSection={
            value ? (
              <button
                type="button"
                className={styles.clear}
                aria-label={t('action.clear')}
                onMouseDown={(e) => e.preventDefault()}
                onClick={() => choose(undefined)}
              >
                <CloseIcon size={14} />
              </button>
            ) : null
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }}>
          {choices.map((choice) => (
            <Combobox.Option key={choice.id} value={choice.id} className={styles.option}>
              <RecordMark kind={choice.kind} id={choice.id} name={choice.title} size={20} />
              <span className={styles.title}>{choice.title}</span>
              <span className={styles.sub}>{choice.subtitle}</span>
            </Combobox.Option>
          ))}
          {choices.length === 0 && (
            <Combobox.Empty>
              {found.isFetching || first.isFetching ? t('pick.searching') : t('pick.none')}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
