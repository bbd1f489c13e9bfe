import { Button, Select, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import { useKind, useKinds } from '@/api/house';
import { keys } from '@/api/keys';
import { blockQuery, historyPage, recordQuery } from '@/api/queries';
import type { Changes, Links } from '@/api/types';
import { dayHead, dayOf } from '@/lib/format';
import { kindView } from '@/lib/modules';
import { usePageSearch } from '@/lib/nav';
import { kindMany, titleOf } from '@/lib/words';
import { DayInput } from '@/ui/fields/DayInput';
import { CloseIcon, HistoryIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { EmptyState, ErrorState } from '@/ui/States';
import { HistoryRow } from './HistoryRow';
import styles from './history.module.css';

export function HistoryPage() {
  const { t } = useTranslation();
  const kinds = useKinds();
  const [search, change] = usePageSearch();
  const { kind = '', actor = '', day = '', batch = '', record = '' } = search;
  const users = useQuery(blockQuery('user', { where: '', sort: '' }, 0, 100));
  const about = useQuery({ ...recordQuery(kind, record), enabled: record !== '' && kind !== '' });
  const listed = useKind(kind);

  const filter = { kind, actor, day, batch };
  const pages = useInfiniteQuery({
    queryKey: keys.history({ ...filter, record }),
    queryFn: ({ pageParam, signal }) =>
      record
        ? call<Changes>(`/records/${kind}/${record}/history`, { signal, params: { limit: 50, before: pageParam } })
        : historyPage(filter, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next || undefined,
  });
  const changes = useMemo(() => pages.data?.pages.flatMap((p) => p.changes) ?? [], [pages.data]);
  const links: Links = Object.assign({}, ...(pages.data?.pages.map((p) => p.links) ?? []));
  const days = [...new Set(changes.map((c) => dayOf(c.at)))];
  const narrowed = Boolean(kind || actor || day || batch || record);

  return (
    <>
      <PageBar title={t('history:title')} />
      <div className={styles.filters}>
        {record || batch ? (
          <Button
            variant="default"
            rightSection={<CloseIcon size={15} />}
            onClick={() => change({ record: undefined, kind: undefined, batch: undefined })}
          >
            {record
              ? t('history:ofRecord', { title: about.data ? titleOf(about.data.record) : '…' })
              : t('history:ofBatch')}
          </Button>
        ) : (
          <>
            <Select
              aria-label={t('history:filter.kind')}
              placeholder={t('history:filter.kind')}
              clearable
              clearButtonProps={{ 'aria-label': t('action.clear') }}
              data={kinds.filter((k) => kindView(k.name)).map((k) => ({ value: k.name, label: kindMany(k) }))}
              value={kind || null}
              onChange={(next) => change({ kind: next ?? undefined })}
            />
            <Select
              aria-label={t('history:filter.actor')}
              placeholder={t('history:filter.actor')}
              clearable
              clearButtonProps={{ 'aria-label': t('action.clear') }}
              data={(users.data?.rows ?? []).map((u) => ({ value: u.id, label: titleOf(u) }))}
              value={actor || null}
              onChange={(next) => change({ actor: next ?? undefined })}
            />
            <div className={styles.day}>
              <DayInput
                aria-label={t('history:filter.day')}
                placeholder={t('history:filter.day')}
                value={day || null}
                onChange={(next) => change({ day: next ?? undefined })}
              />
            </div>
            {narrowed && (
              <Button
                variant="subtle"
                color="gray"
                onClick={() => change({ kind: undefined, actor: undefined, day: undefined })}
              >
                {t('filter.clear')}
              </Button>
            )}
          </>
        )}
      </div>
      <div className={styles.scroll}>
        {pages.isPending && [0, 1, 2, 3, 4].map((i) => <Skeleton key={i} height={44} mb={10} />)}
        {pages.error && !pages.data && <ErrorState error={pages.error} retry={() => void pages.refetch()} />}
        {pages.data && changes.length === 0 && (
          <EmptyState
            icon={<HistoryIcon size={24} stroke={1.6} />}
            title={t(narrowed ? 'history:noneFiltered' : 'history:none')}
            text={t(narrowed ? 'history:noneFilteredText' : 'history:noneText', {
              names: listed ? kindMany(listed) : '',
            })}
          />
        )}
        {days.map((d) => (
          <section key={d}>
            <h2 className={styles.dayHead}>{dayHead(d)}</h2>
            {changes
              .filter((c) => dayOf(c.at) === d)
              .map((c, i, own) => (
                <HistoryRow
                  key={c.id}
                  change={c}
                  links={links}
                  first={own[i - 1]?.batch !== c.batch}
                  batchSize={own.filter((o) => o.batch === c.batch).length}
                />
              ))}
          </section>
        ))}
        {pages.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            mt={12}
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('timeline.older')}
          </Button>
        )}
      </div>
    </>
  );
}
