import { SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { searchQuery } from '@/api/queries';
import { kindView } from '@/lib/modules';
import { href, recordPath, usePageSearch } from '@/lib/nav';
import { kindMany } from '@/lib/words';
import { SearchIcon } from '@/ui/icons';
import { Marked } from '@/ui/Marked';
import { PageBar } from '@/ui/PageBar';
import { RecordMark } from '@/ui/RecordMark';
import { EmptyState, ErrorState } from '@/ui/States';
import styles from './SearchPage.module.css';

/** The hits of a search as a page that can be shared and gone back to. */
export function SearchPage() {
  const { t } = useTranslation();
  const kinds = useKinds().filter((k) => kindView(k.name) && k.name !== 'user');
  const [search, change] = usePageSearch();
  const q = search.q ?? '';
  const only = search.kind ?? '';
  const [text, setText] = useState(q);
  const ask = useDebouncedCallback((next: string) => change({ q: next.trim() || undefined }), 120);
  const found = useQuery({ ...searchQuery(q, only, 100), enabled: q !== '', placeholderData: keepPreviousData });
  const hits = q ? (found.data ?? []) : [];
  const order = [...new Set(hits.map((h) => h.kind))];
  return (
    <>
      <PageBar title={t('search.title')} />
      <div className={styles.ask}>
        <TextInput
          className={styles.input}
          autoFocus
          aria-label={t('palette.title')}
          placeholder={t('search.placeholder')}
          leftSection={<SearchIcon size={15} />}
          value={text}
          autoComplete="off"
          onChange={(event) => {
            setText(event.currentTarget.value);
            ask(event.currentTarget.value);
          }}
        />
        <SegmentedControl
          className={styles.only}
          size="xs"
          value={only}
          onChange={(next) => change({ kind: next || undefined })}
          aria-label={t('search.only')}
          data={[{ value: '', label: t('timeline.all') }, ...kinds.map((k) => ({ value: k.name, label: kindMany(k) }))]}
        />
      </div>
      <div className={styles.hits} aria-busy={found.isFetching}>
        {found.error && !found.data && <ErrorState error={found.error} retry={() => void found.refetch()} />}
        {q === '' && (
          <EmptyState
            icon={<SearchIcon size={24} stroke={1.6} />}
            title={t('search.start')}
            text={t('search.startText')}
          />
        )}
        {q !== '' && found.isSuccess && hits.length === 0 && (
          <EmptyState
            icon={<SearchIcon size={24} stroke={1.6} />}
            title={t('search.none', { text: q })}
            text={t('search.noneText')}
          />
        )}
        {order.map((name) => {
          const kind = kinds.find((k) => k.name === name);
          return (
            <section key={name}>
              <h2>{kind ? kindMany(kind) : name}</h2>
              {hits
                .filter((h) => h.kind === name)
                .map((hit) => (
                  <a key={hit.id} className={styles.hit} href={href(recordPath(hit.kind, hit.id))}>
                    <RecordMark kind={hit.kind} id={hit.id} name={hit.title} size={28} />
                    <span>
                      <strong>{hit.title}</strong>
                      <small>{hit.snippet ? <Marked text={hit.snippet} /> : hit.subtitle}</small>
                    </span>
                    {hit.snippet && <em>{hit.subtitle}</em>}
                  </a>
                ))}
            </section>
          );
        })}
      </div>
    </>
  );
}
