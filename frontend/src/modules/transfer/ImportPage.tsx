import { Button, Loader } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { useKind } from '@/api/house';
import { useCommands } from '@/lib/commands';
import { keep, recall } from '@/lib/keep';
import { listPath, useGo, usePageSearch } from '@/lib/nav';
import { inSentence, kindMany } from '@/lib/words';
import { explain } from '@/ui/explain';
import { WarnIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { ErrorState } from '@/ui/States';
import { CheckStep } from './CheckStep';
import { ColumnsStep } from './ColumnsStep';
import { FileStep } from './FileStep';
import { MatchStep } from './MatchStep';
import { QuestionsStep } from './QuestionsStep';
import { ResultStep } from './ResultStep';
import { changeImport, type Options, type Question, type Session, sessionKey, sessionQuery } from './requests';
import { SheetStep } from './SheetStep';
import { Steps } from './Steps';
import styles from './transfer.module.css';
import { hindrance, reachable, type Step, stepBeside, withQuestions } from './wizard';

type Answers = Record<string, string>;
type Kept = { asked: Question[]; answers: Answers };
const nothing: Kept = { asked: [], answers: {} };

/** The import of a spreadsheet, step by step. The server holds what was chosen, so going back loses nothing. */
export function ImportPage() {
  const { t } = useTranslation();
  const go = useGo();
  const client = useQueryClient();
  const [search, change] = usePageSearch();
  const id = search.id ?? '';
  const found = useQuery(sessionQuery(id));
  const session = found.data;
  const kind = useKind(session?.kind ?? search.kind ?? '');
  const [kept, setKept] = useState<Kept>(() => recall(`import:${id}`, nothing));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const asked = session ? withQuestions(kept.asked, session) : [];
  const step = reachable(session, asked, search.step);
  const over = found.error instanceof ApiError && found.error.status === 404;

  useEffect(() => {
    if (id) keep(`import:${id}`, kept);
  }, [id, kept]);

  const take = (next: Session) => {
    setKept((old) => ({ ...old, asked: withQuestions(old.asked, next) }));
    client.setQueryData(sessionKey(next.id), next);
    client.removeQueries({ queryKey: ['importPlan', 'import', next.id] });
  };
  const set = async (options: Options): Promise<boolean> => {
    setBusy(true);
    setFault('');
    try {
      take(await changeImport(id, options));
      return true;
    } catch (error) {
      setFault(explain(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const answer = (column: string, reading: string) => {
    const answers = { ...kept.answers, [column]: reading };
    setKept((old) => ({ ...old, answers }));
    void set({ answers });
  };
  const to = (next: Step | undefined) => {
    setFault('');
    if (next) change({ step: next }, true);
  };
  const opened = (next: Session) => {
    setKept({ asked: next.questions, answers: {} });
    keep(`import:${next.id}`, { asked: next.questions, answers: {} });
    client.setQueryData(sessionKey(next.id), next);
    change({ id: next.id, kind: next.kind, step: 'sheet' }, true);
  };
  const back = stepBeside(asked, step, -1);
  const next = stepBeside(asked, step, 1);
  const blocked = next && hindrance(session, next);

  useCommands([
    {
      id: 'import.next',
      title: 'transfer:page.next',
      group: 'page',
      shortcut: 'mod+enter',
      anywhere: true,
      when: () => !blocked && step !== 'check' && step !== 'result' && step !== 'file',
      run: () => to(next),
    },
  ]);

  const body = () => {
    if (step === 'file' || !session) return <FileStep kind={search.kind ?? ''} onOpened={opened} session={session} />;
    const props = { session, busy, onChange: set };
    switch (step) {
      case 'sheet':
        return <SheetStep {...props} />;
      case 'columns':
        return <ColumnsStep {...props} />;
      case 'questions':
        return <QuestionsStep session={session} asked={asked} answers={kept.answers} onAnswer={answer} />;
      case 'match':
        return <MatchStep {...props} />;
      case 'check':
        return <CheckStep session={session} onStarted={take} onBack={() => to(back)} />;
      default:
        return (
          <ResultStep session={session} onState={take} onAgain={() => change({ id: undefined, step: undefined })} />
        );
    }
  };

  const many = kind ? kindMany(kind) : '';
  const title = many ? t('transfer:page.titleOf', { names: inSentence(many) }) : t('transfer:page.title');
  return (
    <>
      <PageBar title={title} />
      <Steps session={session} asked={asked} step={step} onStep={to} />
      <div className={styles.page}>
        <div className={styles.step}>
          {over && (
            <p className={styles.notice} role="status">
              <WarnIcon size={16} /> {t('transfer:page.over')}
            </p>
          )}
          {found.isLoading ? (
            <div className={styles.waiting} aria-busy="true">
              <Loader size="sm" />
            </div>
          ) : found.error && !over && id ? (
            <ErrorState error={found.error} retry={() => void found.refetch()} />
          ) : (
            body()
          )}
          {fault && (
            <p className={styles.fault} role="alert">
              {fault}
            </p>
          )}
        </div>
      </div>
      {session && !['file', 'check', 'result'].includes(step) && (
        <footer className={styles.footer}>
          {blocked && <span className={styles.blocked}>{t(`transfer:page.blocked.${blocked}`)}</span>}
          <Button variant="default" onClick={() => to(back)}>
            {t('transfer:page.back')}
          </Button>
          <Button disabled={Boolean(blocked)} loading={busy} onClick={() => to(next)}>
            {t('transfer:page.next')}
          </Button>
        </footer>
      )}
      {session && step === 'file' && (
        <footer className={styles.footer}>
          <Button variant="default" onClick={() => go(listPath(session.kind))}>
            {t('action.cancel')}
          </Button>
          <Button onClick={() => to('sheet')}>{t('transfer:page.goOn')}</Button>
        </footer>
      )}
    </>
  );
}
