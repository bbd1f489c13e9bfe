import { useTranslation } from 'react-i18next';
import { CheckIcon } from '@/ui/icons';
import type { Question, Session } from './requests';
import styles from './transfer.module.css';
import { hindrance, type Step, stepsOf } from './wizard';

type Props = { session: Session | undefined; asked: Question[]; step: Step; onStep: (step: Step) => void };

/** Where the import stands. Steps that can be entered are links; none of them forgets anything. */
export function Steps({ session, asked, step, onStep }: Props) {
  const { t } = useTranslation();
  const all = stepsOf(asked);
  const here = all.indexOf(step);
  return (
    <nav aria-label={t('transfer:page.steps')} className={styles.steps}>
      <ol>
        {all.map((s, i) => {
          const closed = hindrance(session, s) !== undefined || (session?.job && s !== 'result');
          return (
            <li key={s} data-done={i < here || undefined} data-here={i === here || undefined}>
              <button
                type="button"
                disabled={Boolean(closed)}
                aria-current={i === here ? 'step' : undefined}
                onClick={() => onStep(s)}
              >
                <span className={styles.mark}>{i < here ? <CheckIcon size={13} /> : i + 1}</span>
                <span className={styles.stepName}>{t(`transfer:page.step.${s}`)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
