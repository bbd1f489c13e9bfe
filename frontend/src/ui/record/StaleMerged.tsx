import { useTranslation } from 'react-i18next';
import { fieldLabel } from '@/lib/words';
import type { Sides } from './merge';
import styles from './StaleDialog.module.css';
import { StaleValue } from './StaleValue';
import type { StaleQuestion } from './stale';

/** What only one side changed needs no choice; it is shown, so that nobody wonders. */
export function StaleMerged({ question, sides }: { question: StaleQuestion; sides: Sides }) {
  const { t } = useTranslation();
  const { kind, mine, current, was } = question;
  if (sides.mine.length + sides.theirs.length === 0) return null;
  const line = (key: string, own: boolean) => (
    <div key={key}>
      <dt>{fieldLabel(kind, key)}</dt>
      <dd>
        <StaleValue name={key} question={question} value={own ? mine[key] : current[key]} before={was[key]} />
        <small>{t(own ? 'stale.mergedMine' : 'stale.mergedTheirs')}</small>
      </dd>
    </div>
  );
  return (
    <section className={styles.merged}>
      <h3>{t('stale.merged')}</h3>
      <dl>
        {sides.mine.map((key) => line(key, true))}
        {sides.theirs.map((key) => line(key, false))}
      </dl>
    </section>
  );
}
