import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blockQuery, searchQuery } from '@/api/queries';
import { Avatar } from '@/ui/Avatar';
import { CloseIcon, PlusIcon } from '@/ui/icons';
import styles from './head.module.css';

type Choice = { id: string; title: string; subtitle?: string };

type Props = {
  kind: 'company' | 'person';
  label: string;
  value: string;
  title: string;
  /** What is offered before anything is typed. */
  where?: string;
  error?: string;
  autoFocus?: boolean;
  onPick: (choice: Choice | null) => void;
  onCreate: (name: string) => Promise<void>;
};

const createKey = 'create';

/** Chooses who a document is for by a part of the name, or makes the record on the spot. */
export function PartyPicker({ kind, label, value, title, where = '', error, autoFocus, onPick, onCreate }: Props) {
  const { t } = useTranslation();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [text, setText] = useState(title);
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    if (!typing) setText(title);
  }, [title, typing]);
  const typed = typing ? text.trim() : '';
  const [asked] = useDebouncedValue(typed, 80);
  const found = useQuery({
    ...searchQuery(asked, kind, 8),
    enabled: box.dropdownOpened && asked !== '',
    placeholderData: keepPreviousData,
  });
  const first = useQuery({
    ...blockQuery(kind, { where, sort: '-updatedAt' }, 0, 8),
    enabled: box.dropdownOpened && asked === '',
  });
  const choices: Choice[] = asked
    ? (found.data ?? []).map((h) => ({ id: h.id, title: h.title, subtitle: h.subtitle }))
    : (first.data?.rows ?? []).map((r) => ({ id: r.id, title: r.label, subtitle: String(r.city ?? r.role ?? '') }));
  const known = choices.some((c) => c.title.toLocaleLowerCase() === typed.toLocaleLowerCase());

  const choose = (choice: Choice | null) => {
    setTyping(false);
    setText(choice?.title ?? '');
    box.closeDropdown();
    onPick(choice);
  };
  const create = async () => {
    box.closeDropdown();
    await onCreate(typed);
    setTyping(false);
  };

  return (
    <Combobox
      store={box}
      shadow="md"
      transitionProps={{ duration: 60 }}
      onOptionSubmit={(id) => (id === createKey ? void create() : choose(choices.find((c) => c.id === id) ?? null))}
    >
      <Combobox.Target>
        <InputBase
          label={label}
          value={text}
          error={error}
          autoFocus={autoFocus}
          autoComplete="off"
          spellCheck={false}
          placeholder={t(`sales:page.head.find.${kind}`)}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => box.openDropdown()}
          onChange={(event) => {
            setTyping(true);
            setText(event.currentTarget.value);
            box.openDropdown();
            box.selectFirstOption();
          }}
          onBlur={() => {
            box.closeDropdown();
            setTyping(false);
            if (text.trim() === '' && value) choose(null);
            else setText(title);
          }}
          rightSection={
            value ? (
              <button
                type="button"
                className={styles.clear}
                aria-label={t('action.clear')}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(null)}
              >
                <CloseIcon size={14} />
              </button>
            ) : null
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={300} style={{ overflowY: 'auto' }}>
          {choices.map((choice) => (
            <Combobox.Option key={choice.id} value={choice.id} className={styles.option}>
              <Avatar id={choice.id} name={choice.title} size={20} round={kind === 'person'} />
              <span className={styles.optionTitle}>{choice.title}</span>
              <span className={styles.optionSub}>{choice.subtitle}</span>
            </Combobox.Option>
          ))}
          {typed !== '' && !known && (
            <Combobox.Option value={createKey} className={styles.option}>
              <PlusIcon size={16} />
              <span className={styles.optionTitle}>{t(`sales:page.head.create.${kind}`, { name: typed })}</span>
            </Combobox.Option>
          )}
          {choices.length === 0 && typed === '' && <Combobox.Empty>{t('pick.search')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
