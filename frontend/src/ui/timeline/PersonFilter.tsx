import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonIcon } from '../icons';
import { peopleQuery } from './requests';
import styles from './TimelineHead.module.css';

type Props = { owner: { kind: string; id: string }; value: string; onChange: (who: string) => void };

/** No id of a record. */
const everybody = 'all';

/** By whom the entries are, or whom they are about; those with the most entries first. */
export function PersonFilter({ owner, value, onChange }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { data: people } = useQuery({ ...peopleQuery(owner), enabled: opened || value !== '' });
  const group = (title: string, users: boolean) => ({
    group: title,
    items: (people ?? [])
      .filter((p) => (p.kind === 'user') === users)
      .map((p) => ({ value: p.id, label: p.title || t('timeline.nameless') })),
  });
  const groups = [group(t('timeline.by'), true), group(t('timeline.about'), false)].filter((g) => g.items.length > 0);
  // Whoever is in the address but has no entries here is named all the same.
  if (people && value && !people.some((p) => p.id === value))
    groups.push({ group: t('timeline.other'), items: [{ value, label: t('timeline.nobodyHere') }] });
  return (
    <Select
      size="xs"
      className={styles.who}
      aria-label={t('timeline.who')}
      placeholder={t('timeline.everybody')}
      leftSection={<PersonIcon size={14} />}
      searchable
      nothingFoundMessage={people ? t('pick.none') : t('record.loading')}
      data={[{ value: everybody, label: t('timeline.everybody') }, ...groups]}
      value={people && value ? value : null}
      onChange={(who) => onChange(who === everybody ? '' : (who ?? ''))}
      onDropdownOpen={() => setOpened(true)}
    />
  );
}
