import { useTranslation } from 'react-i18next';
import { stretches, withLinks } from './quotes';
import styles from './reader.module.css';

/** What was written, in the writer's own lines. What was quoted is folded away. */
export function PlainText({ text }: { text: string }) {
  const { t } = useTranslation();
  const all = stretches(text);
  if (all.length === 0) return <p className={styles.notice}>{t('mail:page.noText')}</p>;
  return (
    <div className={styles.text}>
      {all.map((stretch, i) => {
        const key = `${stretch.kind}${i}`;
        if (stretch.kind !== 'quote') {
          return (
            <p key={key} dir="auto" data-kind={stretch.kind}>
              <Linked text={stretch.text} />
            </p>
          );
        }
        return (
          // A mail that only quotes, such as a forwarded one, says something by it.
          <details key={key} open={all.length === 1}>
            <summary>{t('mail:page.quoted', { count: stretch.text.split('\n').length })}</summary>
            <p dir="auto" data-kind="quote">
              <Linked text={stretch.text} />
            </p>
          </details>
        );
      })}
    </div>
  );
}

/** Web addresses are seen in full, so they may be followed at once; the platform opens them outside. */
function Linked({ text }: { text: string }) {
  return withLinks(text).map((piece, i) =>
    piece.link ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one unchanging text
      <a key={i} href={piece.link} rel="noreferrer">
        {piece.text}
      </a>
    ) : (
      piece.text
    ),
  );
}
