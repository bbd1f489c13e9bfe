import { Button, Loader } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import { number } from '@/lib/format';
import { inSentence, kindMany, kindOne } from '@/lib/words';
import { explain } from '@/ui/explain';
import { ErrorState } from '@/ui/States';
import { Figures } from './Figures';
import { Pager } from './Pager';
import { PlanRows } from './PlanRows';
import { Problems } from './Problems';
import { type Action, applyImport, planImport, type Session } from './requests';
import styles from './transfer.module.css';

type Props = { session: Session; onStarted: (session: Session) => void; onBack: () => void };

const size = 50;

/** What the import would do, row by row. Nothing is written before the button is pressed. */
export function CheckStep({ session, onStarted, onBack }: Props) {
  const { t } = useTranslation();
  const kind = useKind(session.kind);
  const [action, setAction] = useState<Action | ''>('');
  const [page, setPage] = useState(0);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const plan = useQuery({
    queryKey: ['importPlan', 'import', session.id, action, page],
    queryFn: ({ signal }) => planImport(session.id, action, page * size, size, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  const result = plan.data?.result;
  const written = result ? result.created + result.updated : 0;
  const show = (next: Action | '') => {
    setAction(next);
    setPage(0);
  };
  const start = async () => {
    setBusy(true);
    setFault('');
    try {
      onStarted(await applyImport(session.id));
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };
  if (plan.error && !plan.data) return <ErrorState error={plan.error} retry={() => void plan.refetch()} />;
  if (!result) {
    return (
      <div className={styles.waiting} aria-busy="true" role="status">
        <Loader size="sm" /> {t('transfer:page.check.waiting', { number: number(session.rows) })}
      </div>
    );
  }
  const names = kind ? inSentence(written === 1 ? kindOne(kind) : kindMany(kind)) : '';
  const rows = action ? result[action] : result.rows;
  return (
    <>
      <h2>{t('transfer:page.check.title')}</h2>
      <p className={styles.intro}>{t('transfer:page.check.intro')}</p>
      <Figures counts={result} tense="plan" shown={action} onShow={show} />
      <Problems title={t('transfer:page.check.errors')} problems={result.errors} more={result.more} />
      <Problems title={t('transfer:page.check.warnings')} problems={result.warnings} more={result.moreWarnings} />
      <section className={styles.block} aria-label={t('transfer:page.check.rows')}>
        <h3>
          {action ? t(`transfer:page.plan.${action}`) : t('transfer:page.check.rows')} <small>{number(rows)}</small>
        </h3>
        <PlanRows rows={plan.data?.rows ?? []} />
        <Pager page={page} pages={Math.ceil(rows / size)} onPage={setPage} />
      </section>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.footerInPage}>
        <Button variant="default" onClick={onBack}>
          {t('transfer:page.back')}
        </Button>
        <Button loading={busy} disabled={written === 0} onClick={() => void start()}>
          {written === 0
            ? t('transfer:page.check.nothing')
            : t('transfer:page.check.start', { number: number(written), names })}
        </Button>
      </div>
    </>
  );
}
