import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { useGo } from '@/lib/nav';
import styles from './cards.module.css';
import type { Taken } from './requests';

const figures = ['created', 'updated', 'unchanged', 'failed', 'companies', 'notes', 'pictures'] as const;

/** What became of the cards, and why some failed. */
export function CardOutcome({ name, taken }: { name: string; taken: Taken }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <section aria-label={t('contacts:page.cards.outcome', { name })}>
      <h2 className={styles.outcome}>{t('contacts:page.cards.outcome', { name })}</h2>
      <dl className={styles.figures}>
        {figures
          .filter((key) => taken[key] > 0)
          .map((key) => (
            <div key={key} data-bad={key === 'failed' || undefined}>
              <dt>{t(`contacts:page.cards.figure.${key}`)}</dt>
              <dd>{number(taken[key])}</dd>
            </div>
          ))}
      </dl>
      {taken.problems.length > 0 && (
        <ul className={styles.problems}>
          {taken.problems.map((problem) => (
            <li key={problem.line}>
              <span>{t('contacts:page.cards.line', { line: number(problem.line) })}</span>
              <strong>{problem.name}</strong> {problem.problem}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.links}>
        <Button variant="default" onClick={() => go('/person')}>
          {t('contacts:kind.person.many')}
        </Button>
        <Button variant="default" onClick={() => go('/company')}>
          {t('contacts:kind.company.many')}
        </Button>
      </div>
    </section>
  );
}
