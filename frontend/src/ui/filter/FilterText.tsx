import { Button, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseFilter } from '@/api/queries';
import type { Kind } from '@/api/types';
import { explain } from '../explain';
import styles from './FilterBar.module.css';

type Props = { kind: Kind; where: string; onDone: (where: string) => void };

/** The filter as text. The server's parser judges it while it is typed and points at the place of a mistake. */
export function FilterText({ kind, where, onDone }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(where);
  const [asked] = useDebouncedValue(text.trim(), 200);
  const parsed = useQuery({
    queryKey: ['parse', kind.name, asked],
    queryFn: ({ signal }) => parseFilter(kind.name, asked, signal),
    enabled: asked !== '',
  });
  const wrong = asked !== '' && asked === text.trim() && parsed.data && !parsed.data.ok ? parsed.data : undefined;
  // The place is told in characters from 1.
  const letters = [...asked];
  const at = Math.max(0, (wrong?.position ?? 1) - 1);

  return (
    <form
      className={styles.textForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) onDone(text.trim());
      }}
    >
      <Textarea
        label={t('filter.textLabel')}
        description={t('filter.textHint')}
        autosize
        minRows={2}
        maxRows={8}
        data-autofocus
        spellCheck={false}
        value={text}
        error={parsed.error ? explain(parsed.error) : wrong?.message}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
        onChange={(e) => setText(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && !e.shiftKey) {
            e.preventDefault();
            e.currentTarget.form?.requestSubmit();
          }
        }}
      />
      {wrong && (
        <pre className={styles.place} aria-hidden="true">
          {letters.slice(0, at).join('')}
          <em>{letters[at] ?? '␣'}</em>
          {letters.slice(at + 1).join('')}
        </pre>
      )}
      <Button type="submit" disabled={Boolean(wrong)}>
        {t('filter.apply')}
      </Button>
    </form>
  );
}
