import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import type { Action, Counts } from './requests';
import styles from './transfer.module.css';
import { actions } from './wizard';

type Props = {
  counts: Counts;
  /** "would be" before, "were" after. */
  tense: 'plan' | 'done';
  shown?: Action | '';
  onShow?: (action: Action | '') => void;
};

/** What becomes of the rows, each counted once. A figure shows the rows behind it. */
export function Figures({ counts, tense, shown, onShow }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.figures}>
      {actions.map((action) => {
        const content = (
          <>
            <strong>{number(counts[action])}</strong>
            <span>{t(`transfer:page.${tense}.${action}`)}</span>
          </>
        );
        return onShow ? (
          <button
            key={action}
            type="button"
            className={styles.figure}
            data-action={counts[action] > 0 ? action : undefined}
            aria-pressed={shown === action}
            disabled={counts[action] === 0}
            onClick={() => onShow(shown === action ? '' : action)}
          >
            {content}
          </button>
        ) : (
          <div key={action} className={styles.figure} data-action={counts[action] > 0 ? action : undefined}>
            {content}
          </div>
        );
      })}
    </div>
  );
}
