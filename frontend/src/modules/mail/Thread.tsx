import { useTranslation } from 'react-i18next';
import type { Row } from '@/api/types';
import { day, dayOf, time, today } from '@/lib/format';
import { others } from './people';
import type { Letter } from './requests';
import styles from './thread.module.css';

type Props = { letter: Letter; onChoose: (id: string) => void };

const when = (row: Row) => {
  const at = String(row.at ?? '');
  if (!at) return '';
  return dayOf(at) === today() ? time(at) : day(dayOf(at));
};

/** The whole conversation, oldest first, to go from one mail to the next. */
export function Thread({ letter, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <nav className={styles.thread} aria-label={t('mail:page.thread.title')}>
      <h3>
        {t('mail:page.thread.title')} <small>{letter.thread.length}</small>
      </h3>
      <ol>
        {letter.thread.map((row) => {
          const here = row.id === letter.record.id;
          const { names, more } = others(row);
          const key = row.direction === 'out' ? 'mail:page.line.out' : 'mail:page.thread.in';
          return (
            <li key={row.id}>
              <button
                type="button"
                className={styles.mail}
                aria-current={here || undefined}
                onClick={() => onChoose(row.id)}
              >
                <span className={styles.who}>
                  <bdi>{t(key, { who: names || t('mail:page.line.nobody') })}</bdi>
                  {more > 0 && ` ${t('mail:page.line.more', { count: more })}`}
                </span>
                <time dateTime={String(row.at ?? '')}>{when(row)}</time>
                <span className={styles.begins}>{String(row.preview ?? '')}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
