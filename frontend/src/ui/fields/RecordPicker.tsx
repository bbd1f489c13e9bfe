import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blockQuery, searchQuery } from '@/api/queries';
import type { Links } from '@/api/types';
import { titleOf } from '@/lib/words';
import { CloseIcon, PlusIcon } from '../icons';
import { RecordMark } from '../RecordMark';
import { useAnswered, useAsked } from '../useAsked';
import styles from './RecordPicker.module.css';

type Props = {
  targets: string[];
  value: string | null;
  title: string;
  onPick: (id: string | null, links?: Links) => void;
  /** What is offered before anything is typed. */
  where?: string;
  /** Makes the record on the spot. */
  create?: { label: (name: string) => string; run: (name: string) => Promise<void> };
  open?: boolean;
  label?: string;
  'aria-label'?: string;
  error?: string;
  autoFocus?: boolean;
  placeholder?: string;
};

type Choice = { id: string; kind: string; title: string; subtitle?: string };

const createKey = 'create';

/** Picks one record of another kind by typing a part of its name. */
export function RecordPicker({ targets, value, title, onPick, where = '', create, open, ...rest }: Props) {
  const { t } = useTranslation();
  const box = useCombobox({ defaultOpened: open, onDropdownClose: () => box.resetSelectedOption() });
  const [text, setText] = useState(title);
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    if (!typing) setText(title);
  }, [title, typing]);
  const typed = typing ? text.trim() : '';
  const asking = useAsked(typed);
  const { asked } = asking;
  const only = targets.length === 1 ? (targets[0] ?? '') : '';
  const found = useQuery({
    ...searchQuery(asked, only, 12),
    enabled: box.dropdownOpened && asked !== '',
    placeholderData: keepPreviousData,
  });
  const first = useQuery({
    ...blockQuery(only || (targets[0] ?? ''), { where, sort: '-updatedAt' }, 0, 8),
    enabled: box.dropdownOpened && asked === '' && targets.length > 0,
  });
  const choices: Choice[] = asked
    ? (found.data ?? []).filter((h) => targets.includes(h.kind))
    : (first.data?.rows ?? []).map((r) => ({
        id: r.id,
        kind: r.kind,
        title: titleOf(r),
        subtitle: String(r.city || r.role || ''),
      }));
  const known = choices.some((c) => c.title.toLocaleLowerCase() === typed.toLocaleLowerCase());
  const answered = asked === typed && !(asked ? found.isPlaceholderData || found.isPending : first.isPending);
  // Another answer begins at its first row.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box is the same one all the time
  useEffect(() => {
    if (typing && answered) box.selectFirstOption();
  }, [typing, answered, asked]);

  const choose = (choice: Choice | undefined) => {
    setTyping(false);
    setText(choice?.title ?? '');
    box.closeDropdown();
    onPick(choice?.id ?? null, choice && { [choice.id]: { kind: choice.kind, title: choice.title } });
  };
  const make = async () => {
    box.closeDropdown();
    await create?.run(typed);
    setTyping(false);
  };
  useAnswered(asking, answered, () => {
    if (choices[0]) choose(choices[0]);
    else if (create && typed) void make();
  });

  return (
    <Combobox
      store={box}
      onOptionSubmit={(id) => (id === createKey ? void make() : choose(choices.find((c) => c.id === id)))}
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
            box.resetSelectedOption();
          }}
          onKeyDown={(e) => {
            if (e.key !== 'Enter' || !typing || answered || box.getSelectedOptionIndex() >= 0) return;
            e.preventDefault();
            asking.setHurry(true);
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
          {create && typed !== '' && !known && (
            <Combobox.Option value={createKey} className={styles.option}>
              <PlusIcon size={16} />
              <span className={styles.title}>{create.label(typed)}</span>
            </Combobox.Option>
          )}
          {choices.length === 0 && !(create && typed) && (
            <Combobox.Empty>
              {found.isFetching || first.isFetching ? t('pick.searching') : t('pick.none')}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
