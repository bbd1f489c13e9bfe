import { useTranslation } from 'react-i18next';
import { Attachments } from './Attachments';
import { Content } from './Content';
import { LetterHead } from './LetterHead';
import styles from './reader.module.css';
import type { Letter } from './requests';
import { Why } from './Why';

type Props = { letter: Letter; owner?: { kind: string; id: string } };

/** Who wrote to whom, what they wrote, what came with it, and why it is here. */
export function LetterView({ letter, owner }: Props) {
  const { t } = useTranslation();
  const { record } = letter;
  return (
    <article className={styles.letter}>
      <LetterHead letter={letter} />
      {record.private === true ? (
        <p className={styles.notice}>{t('mail:page.private.notice')}</p>
      ) : (
        <>
          {record.complete !== true && <p className={styles.notice}>{t('mail:page.incomplete')}</p>}
          <Content letter={letter} />
          <Attachments letter={letter} />
        </>
      )}
      <Why letter={letter} owner={owner} />
    </article>
  );
}
