import { Button, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import { useKinds } from '@/api/house';
import { platform } from '@/api/platform';
import { refresh, undo } from '@/api/queries';
import { number } from '@/lib/format';
import { href, listPath } from '@/lib/nav';
import { inSentence, kindMany } from '@/lib/words';
import { DownloadIcon, UndoIcon } from '@/ui/icons';
import { reportFault } from '@/ui/undo';
import { Figures } from './Figures';
import { Problems } from './Problems';
import { cancelImport, failedRows, type Result, type Session } from './requests';
import styles from './transfer.module.css';

type Props = { session: Session; onState: (session: Session) => void; onAgain: () => void };

const pause = 400;

/** The running import, and what came of it. */
export function ResultStep({ session, onState, onAgain }: Props) {
  const { t } = useTranslation();
  const [stopping, setStopping] = useState(false);
  const running = session.job?.over === false;
  const polled = useQuery({
    queryKey: ['importProgress', 'import', session.id],
    queryFn: ({ signal }) => call<Session>(`/imports/${session.id}`, { signal }),
    enabled: running,
    refetchInterval: pause,
    gcTime: 0,
  });
  const latest = polled.data;
  useEffect(() => {
    if (running && latest?.job?.over) onState(latest);
  }, [running, latest, onState]);
  const job = latest?.job ?? session.job;
  if (!job) return null;
  if (job.result) return <Done session={session} result={job.result} onAgain={onAgain} />;

  const share = job.total > 0 ? (job.done * 100) / job.total : 0;
  return (
    <>
      <h2>{t('transfer:page.run.title', { file: session.file })}</h2>
      <p className={styles.intro} role="status">
        {t('transfer:page.run.far', { done: number(job.done), total: number(job.total) })}
      </p>
      <Progress value={share} aria-label={t('transfer:page.run.progress')} mb={18} />
      <p className={styles.intro}>{t('transfer:page.run.leave')}</p>
      <Button
        variant="default"
        loading={stopping}
        onClick={() => {
          setStopping(true);
          cancelImport(session.id)
            .then(onState)
            .catch(reportFault)
            .finally(() => setStopping(false));
        }}
      >
        {t('transfer:page.run.cancel')}
      </Button>
    </>
  );
}

function Done({ session, result, onAgain }: { session: Session; result: Result; onAgain: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const kinds = useKinds();
  const [busy, setBusy] = useState(false);
  const [undone, setUndone] = useState<{ undone: number; conflicts: number }>();
  const touched = Object.entries(result.records).filter(([, c]) => c.created + c.updated > 0);

  const takeBack = async () => {
    setBusy(true);
    try {
      const done = await undo(result.batch ?? '');
      setUndone({ undone: done.undone, conflicts: done.conflicts.length });
      refresh(client, []);
    } catch (error) {
      reportFault(error);
    } finally {
      setBusy(false);
    }
  };
  const saveFailed = async () => {
    try {
      const name = session.file.replace(/\.[^.]*$/, '');
      await platform().saveFile(`${name} ${t('transfer:page.done.failedName')}.xlsx`, await failedRows(session.id));
    } catch (error) {
      reportFault(error);
    }
  };
  return (
    <>
      <h2>{t(undone ? 'transfer:page.done.undoneTitle' : 'transfer:page.done.title')}</h2>
      <p className={styles.intro} role="status">
        {undone
          ? undone.conflicts > 0
            ? t('transfer:page.done.undonePartly', { count: undone.undone, conflicts: number(undone.conflicts) })
            : t('transfer:page.done.undone', { count: undone.undone })
          : t('transfer:page.done.intro', { file: session.file, count: result.rows, number: number(result.rows) })}
      </p>
      <Figures counts={result} tense="done" />
      <div className={styles.buttons}>
        {touched.map(([name]) => {
          const kind = kinds.find((k) => k.name === name);
          return (
            kind && (
              <Button key={name} component="a" href={href(listPath(name, { sort: '-updatedAt' }))} variant="default">
                {t('transfer:page.done.look', { names: inSentence(kindMany(kind)) })}
              </Button>
            )
          );
        })}
        {result.batch && (
          <Button component="a" href={href(`/history?batch=${result.batch}`)} variant="default">
            {t('transfer:page.done.history')}
          </Button>
        )}
        {result.failed > 0 && (
          <Button variant="default" leftSection={<DownloadIcon size={16} />} onClick={() => void saveFailed()}>
            {t('transfer:page.done.saveFailed')}
          </Button>
        )}
        {result.batch && !undone && (
          <Button variant="default" leftSection={<UndoIcon size={16} />} loading={busy} onClick={() => void takeBack()}>
            {t('transfer:page.done.undo')}
          </Button>
        )}
        <Button variant="subtle" onClick={onAgain}>
          {t('transfer:page.done.again')}
        </Button>
      </div>
      <Problems title={t('transfer:page.check.errors')} problems={result.errors} more={result.more} />
      <Problems title={t('transfer:page.check.warnings')} problems={result.warnings} more={result.moreWarnings} />
    </>
  );
}
