import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import type { Change, Links } from '@/api/types';
import { time } from '@/lib/format';
import { kindView } from '@/lib/modules';
import { href, recordPath, useGo } from '@/lib/nav';
import { hiddenKind, inSentence, kindOne, reasonText } from '@/lib/words';
import { Avatar } from '@/ui/Avatar';
import { ChangeFields } from './ChangeFields';
import styles from './history.module.css';
import { UndoDialog } from './UndoDialog';

type Props = { change: Change; links: Links; first: boolean; batchSize: number };

/** One change in the history of the whole workspace. A batch of several can be undone as one. */
export function HistoryRow({ change, links, first, batchSize }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const kind = useKind(change.kind) ?? hiddenKind(change.kind);
  const [asking, setAsking] = useState<string | null>(null);
  const page = kindView(change.kind)?.page;
  const many = batchSize > 1;
  return (
    <article className={styles.row} data-undone={change.undone || undefined}>
      <Avatar id={change.actor.id} name={change.actor.name} size={24} round />
      <div className={styles.body}>
        <p>
          <strong>{change.actor.name}</strong> {t(`history:did.${change.op}`, { name: inSentence(kindOne(kind)) })}{' '}
          {page ? (
            <a href={href(recordPath(change.kind, change.record))}>{change.title || change.record}</a>
          ) : (
            <em>{change.title}</em>
          )}
          {change.undone && <small>{t('history:undone')}</small>}
        </p>
        {change.op === 'create' ? (
          <details className={styles.values}>
            <summary>{t('history:values')}</summary>
            <ChangeFields change={change} links={links} />
          </details>
        ) : (
          <ChangeFields change={change} links={links} />
        )}
        {!change.reversible && change.reason && <p className={styles.reason}>{reasonText(change.reason)}</p>}
      </div>
      <div className={styles.side}>
        <time dateTime={change.at}>{time(change.at)}</time>
        {change.reversible && !change.undone && (
          <Button size="compact-xs" variant="subtle" onClick={() => setAsking(change.id)}>
            {t('action.undo')}
          </Button>
        )}
        {many && first && (
          <>
            <Button size="compact-xs" variant="subtle" onClick={() => setAsking(change.batch)}>
              {t('history:undoBatch', { count: batchSize })}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => go(`/history?batch=${change.batch}`)}
            >
              {t('history:showBatch')}
            </Button>
          </>
        )}
      </div>
      {asking && <UndoDialog id={asking} title={change.title} onClose={() => setAsking(null)} />}
    </article>
  );
}
