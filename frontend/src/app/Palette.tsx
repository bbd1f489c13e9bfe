import { Modal } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { recentQuery, searchQuery } from '@/api/queries';
import { matches, useAllCommands } from '@/lib/commands';
import { palette } from '@/lib/dialogs';
import { pathNow, recordPath, useGo } from '@/lib/nav';
import { kindMany } from '@/lib/words';
import { SearchIcon } from '@/ui/icons';
import { useAnswered, useAsked } from '@/ui/useAsked';
import styles from './Palette.module.css';
import { PaletteRow } from './PaletteRow';
import { hitTarget, type PaletteItem, paletteGroups } from './paletteItems';

export function Palette() {
  const open = palette.use();
  const { t } = useTranslation();
  return (
    <Modal.Root
      opened={open}
      onClose={() => palette.set(false)}
      size={600}
      yOffset="9vh"
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.36} blur={0} />
      <Modal.Content aria-label={t('palette.title')} className={styles.box}>
        <PaletteBody />
      </Modal.Content>
    </Modal.Root>
  );
}

function PaletteBody() {
  const { t } = useTranslation();
  const go = useGo();
  const kinds = useKinds();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listRef = useRef<HTMLDivElement>(null);
  const inputRef = useRef<HTMLInputElement>(null);
  const typed = text.trim();
  const asking = useAsked(typed);
  const { asked } = asking;
  // The old hits stay until the new ones are there, so the list never flickers.
  const search = useQuery({ ...searchQuery(asked, '', 20), enabled: asked !== '', placeholderData: keepPreviousData });
  const recent = useQuery({ ...recentQuery, enabled: typed === '' });
  const settled = typed === '' ? !recent.isFetching : asked === typed && !search.isPlaceholderData && !search.isPending;
  const all = useAllCommands();

  const groups = useMemo(() => {
    const scene = { path: pathNow(), go };
    const able = all.filter((c) => c.id !== 'palette' && (c.when?.(scene) ?? true));
    return paletteGroups({
      typed,
      hits: typed ? (search.data ?? []) : (recent.data ?? []),
      commands: able.filter((c) => !typed || matches(t(c.title, c.params), typed)),
      kindTitle: (kind) => {
        const known = kinds.find((k) => k.name === kind);
        return known ? kindMany(known) : kind;
      },
      words: {
        recent: t('palette.recent'),
        group: (g) => t(`command.group.${g}`),
        all: t('palette.all', { text: typed }),
      },
    });
  }, [all, go, kinds, recent.data, search.data, t, typed]);
  const items = groups.flatMap((g) => g.items);
  const current = Math.min(active, Math.max(0, items.length - 1));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts at its first answer
  useEffect(() => setActive(0), [asked]);
  useEffect(() => {
    listRef.current?.querySelector(`[data-at="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  // The dialog's own way waits for a timer, and the first letters of a fast typist would be lost.
  useLayoutEffect(() => {
    const before = document.activeElement;
    inputRef.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    palette.set(false);
    if (item.type === 'hit') go(recordPath(hitTarget(item.hit).kind, hitTarget(item.hit).id));
    else if (item.type === 'all') go(`/search?q=${encodeURIComponent(typed)}`);
    else item.command.run({ path: pathNow(), go });
  };

  useAnswered(asking, settled, () => run(items[0]));

  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (move) setActive(Math.max(0, Math.min(items.length - 1, current + move)));
    else if (event.key !== 'Enter') return;
    else if (settled || current > 0) run(items[current]);
    else asking.setHurry(true);
    event.preventDefault();
  };

  let at = -1;
  return (
    <div className={styles.body}>
      <div className={styles.ask}>
        <SearchIcon size={18} stroke={1.8} />
        <input
          ref={inputRef}
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={items.length > 0 ? `palette-${current}` : undefined}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
          onKeyDown={onKey}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <div className={styles.list} id="palette-list" role="listbox" aria-label={t('palette.results')} ref={listRef}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own
          <div key={group.title || 'all'} role="group" aria-label={group.title || undefined}>
            {group.title && (
              <div className={styles.head} aria-hidden="true">
                {group.title}
              </div>
            )}
            {group.items.map((item) => {
              at += 1;
              const index = at;
              return (
                <PaletteRow
                  key={item.key}
                  item={item}
                  index={index}
                  active={index === current}
                  onHover={() => setActive(index)}
                  onRun={() => run(item)}
                />
              );
            })}
          </div>
        ))}
        {items.length === 0 && (
          <div className={styles.none}>
            {search.isFetching ? t('palette.searching') : t('palette.none', { text: typed })}
          </div>
        )}
      </div>
    </div>
  );
}
