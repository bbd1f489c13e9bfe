import { useTranslation } from 'react-i18next';
import { fieldLabel } from '@/lib/words';
import { bothRows } from './merge';
import styles from './StaleDialog.module.css';
import { StaleValue } from './StaleValue';
import type { StaleQuestion } from './stale';

/** Which version of a field shall stand. Of lists, the rows of both sides can stand together. */
export type Stand = 'mine' | 'stored' | 'both';

type Props = { name: string; question: StaleQuestion; stand: Stand; choose: (how: Stand) => void };

export function StaleField({ name, question, stand, choose }: Props) {
  const { t } = useTranslation();
  const { kind, was, mine, current } = question;
  const list = kind.fields.find((f) => f.key === name)?.type === 'list';
  const options: Stand[] = list ? ['mine', 'stored', 'both'] : ['mine', 'stored'];
  const values = {
    mine: mine[name],
    stored: current[name],
    both: list ? bothRows(was[name], mine[name], current[name]) : undefined,
  };
  return (
    <fieldset className={styles.field}>
      <legend>{fieldLabel(kind, name)}</legend>
      {!list && (
        <p className={styles.was}>
          {t('stale.was')}: <StaleValue name={name} question={question} value={was[name]} />
        </p>
      )}
      {options.map((how) => (
        <label key={how} data-on={stand === how || undefined} data-both={how === 'both' || undefined}>
          <input type="radio" name={`stale-${name}`} checked={stand === how} onChange={() => choose(how)} />
          <span>
            <small>{t(`stale.${how}`)}</small>
            <StaleValue name={name} question={question} value={values[how]} before={was[name]} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}
