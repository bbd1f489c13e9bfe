import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import type { Change, Links } from '@/api/types';
import { time } from '@/lib/format';
import { kindView } from '@/lib/modules';
import { href, recordPath } from '@/lib/nav';
import { hiddenKind, inSentence, kindOne, reasonText } from '@/lib/words';
import { ActorMark } from './ActorMark';
import { ChangeFields } from './ChangeFields';
import styles from './history.module.css';
import { UndoDialog } from './UndoDialog';

type Props = { change: Change; links: Links; inBatch?: boolean; undoes?: boolean };

/** One change in the history of the whole workspace. */
export function HistoryRow({ change, links, inBatch, undoes }: Props) {
  const { t } = useTranslation();
  const kind = useKind(change.kind) ?? hiddenKind(change.kind);
  const [asking, setAsking] = useState(false);
  // What was deleted for good has no page any more, and no name.
  const page = change.title !== '' && kindView(change.kind)?.page;
  const name = inSentence(kindOne(kind));
  const sheet = change.row ? t('history:row', { row: change.row }) : '';
  return (
    <article className={styles.row} data-undone={change.undone || undefined}>
      {!inBatch && <ActorMark actor={change.actor} />}
      <div className={styles.body}>
        <p>
          {inBatch ? (
            <span className={styles.op}>{t(`history:short.${change.op}`, { name })}</span>
          ) : (
            <>
              <strong>{change.actor.name || t('history:kontor')}</strong> {t(`history:did.${change.op}`, { name })}
            </>
          )}{' '}
          {page ? (
            <a href={href(recordPath(change.kind, change.record))}>{change.title}</a>
          ) : (
            <em>{change.title || (change.op !== 'purge' && t('history:nameless'))}</em>
          )}
          {(change.source || sheet) && !inBatch && <em> · {[change.source, sheet].filter(Boolean).join(', ')}</em>}
          {inBatch && sheet && <em> · {sheet}</em>}
          {undoes && <small>{t('history:tookBack')}</small>}
          {change.undone && <small>{t('history:undone')}</small>}
        </p>
        {change.op === 'create' ? (
          change.fields.length > 0 && (
            <details className={styles.values}>
              <summary>{t('history:values')}</summary>
              <ChangeFields change={change} links={links} />
            </details>
          )
        ) : (
          <ChangeFields change={change} links={links} />
        )}
        {!change.reversible && change.reason && change.op !== 'purge' && (
          <p className={styles.reason}>{reasonText(change.reason)}</p>
        )}
      </div>
      <div className={styles.side}>
        {!inBatch && <time dateTime={change.at}>{time(change.at)}</time>}
        {change.reversible && !change.undone && (
          <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)}>
            {t('action.undo')}
          </Button>
        )}
      </div>
      {asking && (
        <UndoDialog
          id={change.id}
          title={change.title}
          change={change}
          links={links}
          onClose={() => setAsking(false)}
        />
      )}
    </article>
  );
}
