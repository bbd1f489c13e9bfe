import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import { keys } from '@/api/keys';
import { recordQuery } from '@/api/queries';
import type { Changes, Row, Value, Values } from '@/api/types';
import { ago } from '@/lib/format';
import { titleOf } from '@/lib/words';
import { bothRows, sides } from './merge';
import styles from './StaleDialog.module.css';
import { StaleField, type Stand } from './StaleField';
import { StaleMerged } from './StaleMerged';
import { type StaleQuestion, staleQuestion } from './stale';

/** Shows both versions of a record field by field, and saves what is chosen. */
export function StaleDialog() {
  const { t } = useTranslation();
  const question = staleQuestion.use();
  return (
    <Modal
      opened={question !== null}
      onClose={() => question?.answer(null)}
      title={t('stale.title')}
      size={720}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {question && <Versions question={question} {...question} />}
    </Modal>
  );
}

/** Who saved the version that is stored now. */
function useLastSave(record: Row) {
  return useQuery({
    queryKey: keys.history({ record: record.id, version: record.version, as: 'last' }),
    queryFn: ({ signal }) =>
      call<Changes>(`/records/${record.kind}/${record.id}/history`, { signal, params: { limit: 1 } }),
    select: (found) => found.changes[0],
    retry: false,
  }).data;
}

type Props = { question: StaleQuestion; again: boolean; answer: (values: Values | null) => void };

function Versions({ question: asked, again, answer }: Props) {
  const { t } = useTranslation();
  const { kind, was, mine, current } = asked;
  // What they linked to is not known on this page yet.
  const fresh = useQuery({ ...recordQuery(kind.name, current.id), staleTime: 0 }).data;
  const question = { ...asked, links: { ...fresh?.links, ...asked.links } };
  const found = sides(kind, was, mine, current);
  const last = useLastSave(current);
  const [stand, setStand] = useState<Record<string, Stand>>({});
  const all = (how: Stand) => setStand(Object.fromEntries(found.disputed.map((key) => [key, how])));

  const save = () => {
    const values: Values = { ...mine };
    for (const key of found.disputed) {
      const currency = kind.fields.find((f) => f.key === key)?.currency;
      if (stand[key] === 'both') values[key] = bothRows(was[key], mine[key], current[key]) as Value;
      if (stand[key] !== 'stored') continue;
      delete values[key];
      if (currency) delete values[currency];
    }
    answer(values);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    save();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it gathers the keys of the choices inside
    <div onKeyDown={onKeyDown}>
      <p className={styles.intro}>
        {t('stale.intro', { title: titleOf(current) })}{' '}
        {last?.actor.name && t('stale.by', { name: last.actor.name, when: ago(last.at) })}
      </p>
      <div role="status">{again && <p className={styles.again}>{t('stale.again')}</p>}</div>
      {found.disputed.length > 1 && (
        <div className={styles.all}>
          <Button size="xs" variant="default" onClick={() => all('mine')}>
            {t('stale.allMine')}
          </Button>
          <Button size="xs" variant="default" onClick={() => all('stored')}>
            {t('stale.allStored')}
          </Button>
        </div>
      )}
      <div className={styles.fields}>
        {found.disputed.map((key) => (
          <StaleField
            key={key}
            name={key}
            question={question}
            stand={stand[key] ?? 'mine'}
            choose={(how) => setStand((old) => ({ ...old, [key]: how }))}
          />
        ))}
        <StaleMerged question={question} sides={found} />
      </div>
      <div className={styles.actions}>
        <p className={styles.keys}>{t('stale.keys')}</p>
        <Button variant="default" onClick={() => answer(null)}>
          {t('stale.back')}
        </Button>
        <Button onClick={save} data-autofocus>
          {t('stale.save')}
        </Button>
      </div>
    </div>
  );
}
