import { CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { presentedKinds } from '@/lib/modules';
import { SearchIcon } from '../icons';
import { PersonFilter } from './PersonFilter';
import type { TimelineFilter } from './requests';
import styles from './TimelineHead.module.css';

type Props = {
  owner: { kind: string; id: string };
  filter: TimelineFilter;
  onChange: (patch: Partial<TimelineFilter>) => void;
  narrow?: boolean;
};

/** What to show of a timeline: words, somebody, one kind of entry. */
export function TimelineHead({ owner, filter, onChange, narrow }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(filter.words);
  const ask = useDebouncedCallback((words: string) => onChange({ words: words.trim() }), 150);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change from outside (Back, "clear") is taken over
  useEffect(() => {
    if (filter.words !== text.trim()) setText(filter.words);
  }, [filter.words]);
  const type = (words: string) => {
    setText(words);
    ask(words);
  };
  const kinds = [...new Set(presentedKinds())];
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        {!narrow && <h2>{t('timeline.title')}</h2>}
        <TextInput
          size="xs"
          className={styles.find}
          data-timeline-find={narrow ? undefined : ''}
          aria-label={t('timeline.find')}
          placeholder={t('timeline.find')}
          leftSection={<SearchIcon size={14} />}
          rightSection={
            text && <CloseButton size="sm" aria-label={t('timeline.clearWords')} onClick={() => type('')} />
          }
          value={text}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
            if (text) type('');
            else event.currentTarget.blur();
          }}
        />
        <PersonFilter owner={owner} value={filter.who} onChange={(who) => onChange({ who })} />
      </div>
      <div className={styles.kinds}>
        <SegmentedControl
          size="xs"
          value={filter.only}
          onChange={(only) => onChange({ only })}
          aria-label={t('timeline.filter')}
          data={[
            { value: '', label: t('timeline.all') },
            ...kinds.map((kind) => ({ value: kind, label: t(`timeline.kind.${kind}`) })),
          ]}
        />
      </div>
    </div>
  );
}
