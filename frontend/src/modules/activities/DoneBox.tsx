import { useTranslation } from 'react-i18next';
import { CheckIcon } from '@/ui/icons';
import styles from './DoneBox.module.css';

type Props = { title: string; done: boolean; onChange: () => void; small?: boolean };

/** The round box before a task: a click does it, or opens it again. */
export function DoneBox({ title, done, onChange, small }: Props) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a box in a row of its own look
    <button
      type="button"
      role="checkbox"
      aria-checked={done}
      aria-label={t('activities:page.doneOf', { title })}
      className={styles.box}
      data-small={small || undefined}
      onClick={(event) => {
        event.stopPropagation();
        onChange();
      }}
    >
      <span>
        <CheckIcon size={small ? 10 : 12} stroke={3} />
      </span>
    </button>
  );
}
