import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { type BinFilter, blockQuery } from '@/api/queries';
import type { BinPage } from '@/api/types';
import { number } from '@/lib/format';
import type { SearchPatch } from '@/lib/nav';
import { kindMany, titleOf } from '@/lib/words';
import { DaySpan } from './DaySpan';
import styles from './history.module.css';

type Props = { filter: BinFilter; counts: BinPage['kinds']; change: (patch: SearchPatch) => void };

/** Of what kind, who deleted it, when. Only what lies in the bin is offered, with how much it is. */
export function BinFilters({ filter, counts, change }: Props) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const users = useQuery(blockQuery('user', { where: '', sort: '' }, 0, 100));
  const offered = kinds.filter((k) => k.name === filter.kind || counts.some((c) => c.kind === k.name));
  const label = (name: string, text: string) => {
    const count = counts.find((c) => c.kind === name)?.count;
    return count ? `${text} (${number(count)})` : text;
  };
  const narrowed = Object.values(filter).some(Boolean);
  return (
    <search className={styles.filters} aria-label={t('history:filter.label')}>
      <Select
        aria-label={t('history:filter.kind')}
        placeholder={t('history:filter.kind')}
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        data={offered.map((k) => ({ value: k.name, label: label(k.name, kindMany(k)) }))}
        value={filter.kind ?? null}
        onChange={(next) => change({ kind: next ?? undefined })}
      />
      <Select
        aria-label={t('history:bin.who')}
        placeholder={t('history:bin.who')}
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        data={(users.data?.rows ?? []).map((u) => ({ value: u.id, label: titleOf(u) }))}
        value={filter.actor ?? null}
        onChange={(next) => change({ actor: next ?? undefined })}
      />
      <DaySpan since={filter.since} until={filter.until} onChange={change} />
      {narrowed && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => change({ kind: undefined, actor: undefined, since: undefined, until: undefined })}
        >
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}
