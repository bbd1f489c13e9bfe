import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import { inSentence, kindMany } from '@/lib/words';
import type { OnMatch, Options, Session } from './requests';
import { keyChoices } from './targets';
import styles from './transfer.module.css';

type Props = { session: Session; busy: boolean; onChange: (options: Options) => Promise<boolean> };

const ways: OnMatch[] = ['update', 'fill', 'skip', 'create'];

/** How a row meets a record that is there already, and what then happens. */
export function MatchStep({ session, busy, onChange }: Props) {
  const { t } = useTranslation();
  const kind = useKind(session.kind);
  if (!kind) return null;
  const choices = keyChoices(kind, session.mapping);
  const chosen = choices.map((c) => c.value).filter((value) => session.match.includes(value));
  const names = inSentence(kindMany(kind));
  const toggle = (value: string, on: boolean) => {
    const match = on
      ? choices.map((c) => c.value).filter((v) => v === value || chosen.includes(v))
      : chosen.filter((v) => v !== value);
    void onChange({ match });
  };
  return (
    <>
      <h2>{t('transfer:page.match.title')}</h2>
      <fieldset className={styles.question} aria-busy={busy}>
        <legend>{t('transfer:page.match.keys', { names })}</legend>
        {choices.length === 0 && <p className={styles.intro}>{t('transfer:page.match.noKeys')}</p>}
        <div className={styles.keys}>
          {choices.map((choice) => (
            <Checkbox
              key={choice.value}
              label={choice.label}
              checked={chosen.includes(choice.value)}
              disabled={session.onMatch === 'create' || (chosen.length === 1 && chosen[0] === choice.value)}
              onChange={(event) => toggle(choice.value, event.currentTarget.checked)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className={styles.question}>
        <legend>{t('transfer:page.match.then')}</legend>
        {ways.map((way) => (
          <label key={way} data-on={session.onMatch === way || undefined}>
            <input
              type="radio"
              name="on-match"
              checked={session.onMatch === way}
              onChange={() => void onChange({ onMatch: way })}
            />
            <span>
              <strong>{t(`transfer:page.match.way.${way}`)}</strong>
              <small>{t(`transfer:page.match.wayText.${way}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
