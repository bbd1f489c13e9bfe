import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useKind, useKinds } from '@/api/house';
import { blockQuery, recordQuery } from '@/api/queries';
import { kindView } from '@/lib/modules';
import { fieldLabel, kindMany, titleOf } from '@/lib/words';
import { RecordPicker } from '@/ui/fields/RecordPicker';
import { CloseIcon } from '@/ui/icons';
import { DaySpan } from './DaySpan';
import styles from './history.module.css';
import { useHistoryFilter } from './useHistoryFilter';

const ops = ['create', 'update', 'delete', 'restore', 'purge'];

/** Which changes: of what, by whom, when, what was done. Everything stands in the address. */
export function HistoryFilters() {
  const { t } = useTranslation();
  const kinds = useKinds().filter((k) => kindView(k.name));
  const { filter, change, narrowed, clear } = useHistoryFilter();
  const { record = '', kind = '', actor, op, field, batch } = filter;
  const users = useQuery(blockQuery('user', { where: '', sort: '' }, 0, 100));
  const about = useQuery({ ...recordQuery(kind, record), enabled: record !== '' && kind !== '', retry: false });
  const listed = useKind(kind);
  const fields = (listed?.fields ?? []).filter((f) => !f.mirror);
  const pick = (key: string, choices: { value: string; label: string }[], value: string | undefined) => (
    <Select
      key={key}
      aria-label={t(`history:filter.${key}`)}
      placeholder={t(`history:filter.${key}`)}
      clearable
      searchable={choices.length > 8}
      nothingFoundMessage={t('pick.none')}
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      data={choices}
      value={value || null}
      onChange={(next) => change({ [key]: next ?? undefined, ...(key === 'kind' && { field: undefined }) })}
    />
  );
  return (
    <search className={styles.filters} aria-label={t('history:filter.label')}>
      <div className={styles.recordFilter}>
        <RecordPicker
          targets={kinds.filter((k) => kindView(k.name)?.page).map((k) => k.name)}
          value={record || null}
          title={record ? (about.data ? titleOf(about.data.record) : about.error ? record : '…') : ''}
          aria-label={t('history:filter.record')}
          placeholder={t('history:filter.record')}
          onPick={(id, links) =>
            change({ record: id ?? undefined, kind: id ? links?.[id]?.kind : undefined, field: undefined })
          }
        />
      </div>
      {!record &&
        pick(
          'kind',
          kinds.map((k) => ({ value: k.name, label: kindMany(k) })),
          kind,
        )}
      {pick(
        'actor',
        (users.data?.rows ?? []).map((u) => ({ value: u.id, label: titleOf(u) })),
        actor,
      )}
      {pick(
        'op',
        ops.map((o) => ({ value: o, label: t(`history:filter.ops.${o}`) })),
        op,
      )}
      {listed &&
        pick(
          'field',
          fields.map((f) => ({ value: f.key, label: fieldLabel(listed, f.key) })),
          field,
        )}
      <DaySpan since={filter.since} until={filter.until} onChange={(span) => change({ ...span, day: undefined })} />
      {batch && (
        <Button
          variant="default"
          rightSection={<CloseIcon size={15} />}
          onClick={() => change({ batch: undefined }, true)}
        >
          {t('history:ofBatch')}
        </Button>
      )}
      {narrowed && (
        <Button variant="subtle" color="gray" onClick={clear}>
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}
