import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import type { HistoryFilter } from '@/api/queries';
import type { Batch, Links } from '@/api/types';
import { number, time } from '@/lib/format';
import { href, useGo } from '@/lib/nav';
import { ActorMark } from './ActorMark';
import { BatchChanges } from './BatchChanges';
import { batchText } from './batchText';
import { HistoryRow } from './HistoryRow';
import styles from './history.module.css';
import { UndoDialog } from './UndoDialog';

type Props = { batch: Batch; links: Links; filter: HistoryFilter };

/** What was done together. One change shows itself; several are counted and unfold. */
export function BatchEntry({ batch, links, filter }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const kinds = useKinds();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [only] = batch.changes;
  if (batch.count === 1 && only) return <HistoryRow change={only} links={links} undoes={Boolean(batch.undoes)} />;
  const path = `/history?batch=${batch.id}`;
  const narrow = filter.record || filter.kind || filter.op || filter.field;
  return (
    <article className={styles.row} data-undone={batch.undone || undefined}>
      <ActorMark actor={batch.actor} />
      <div className={styles.body}>
        <p>
          <strong>{batch.actor.name || t('history:kontor')}</strong> {batchText(batch, kinds)}
          {batch.source && <em> · {batch.source}</em>}
          {Boolean(batch.undoes) && <small>{t('history:tookBack')}</small>}
          {(batch.undone || batch.partly) && <small>{t(batch.undone ? 'history:undone' : 'history:partly')}</small>}
        </p>
        {open ? (
          <BatchChanges filter={{ ...filter, batch: batch.id, since: undefined, until: undefined }} />
        ) : (
          <ul className={styles.names}>
            {batch.changes.map((c) => (
              <li key={c.id}>{c.title || t('history:nameless')}</li>
            ))}
            {batch.count > batch.changes.length && !narrow && (
              <li>
                {t('history:others', {
                  count: batch.count - batch.changes.length,
                  number: number(batch.count - batch.changes.length),
                })}
              </li>
            )}
          </ul>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          className={styles.fold}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'history:fold' : 'history:unfold')}
        </Button>
      </div>
      <div className={styles.side}>
        <time dateTime={batch.at}>{time(batch.at)}</time>
        {batch.reversible && !batch.undone && (
          <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)}>
            {batch.partly
              ? t('history:undoRest')
              : t('history:undoBatch', { count: batch.count, number: number(batch.count) })}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          component="a"
          href={href(path)}
          onClick={(event: React.MouseEvent) => {
            event.preventDefault();
            go(path);
          }}
        >
          {t('history:showBatch')}
        </Button>
      </div>
      {asking && <UndoDialog id={batch.id} title={batchText(batch, kinds)} onClose={() => setAsking(false)} />}
    </article>
  );
}
