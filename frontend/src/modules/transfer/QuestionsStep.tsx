import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { day, number } from '@/lib/format';
import type { Question, Reading, Session } from './requests';
import { targetLabel, targetsOf } from './targets';
import styles from './transfer.module.css';

type Props = {
  session: Session;
  asked: Question[];
  answers: Record<string, string>;
  onAnswer: (column: string, reading: string) => void;
};

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
const shownResult = (text: string) => (isDay(text) ? day(text, 'long') : /^-?\d/.test(text) ? number(text) : text);

/** What only a person can know: whether 03.04. is in March or in April. The file's own rows are the evidence. */
export function QuestionsStep({ session, asked, answers, onAnswer }: Props) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const kind = kinds.find((k) => k.name === session.kind);
  const groups = kind ? targetsOf(kind, kinds) : [];
  const name = (q: Question) => {
    const mapped = session.mapping.find((m) => m.column === q.column);
    return targetLabel(groups, mapped?.kind ?? session.kind, q.field);
  };
  const examples = (q: Question, reading: Reading) => q.evidence.filter((e) => e.reading === reading).slice(0, 3);
  return (
    <>
      <h2>{t('transfer:page.questions.title')}</h2>
      <p className={styles.intro}>{t('transfer:page.questions.intro')}</p>
      {asked.map((q) => (
        <fieldset key={q.column} className={styles.question}>
          <legend>{t('transfer:page.questions.how', { column: q.column, field: name(q) })}</legend>
          {q.readings.map((reading) => (
            <label key={reading} data-on={answers[q.column] === reading || undefined}>
              <input
                type="radio"
                name={`reading-${q.column}`}
                checked={answers[q.column] === reading}
                onChange={() => onAnswer(q.column, reading)}
              />
              <span>
                <strong>{t(`transfer:page.questions.reading.${reading}`)}</strong>
                {examples(q, reading).map((e) => (
                  <small key={e.row}>
                    {t('transfer:page.questions.evidence', {
                      row: e.row,
                      value: e.value,
                      result: shownResult(e.result ?? ''),
                    })}
                  </small>
                ))}
              </span>
            </label>
          ))}
        </fieldset>
      ))}
    </>
  );
}
