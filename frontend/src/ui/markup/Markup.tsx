import clsx from 'clsx';
import { Fragment, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Block, blocksOf, type Item } from './blocks';
import { type Inline, wordsOf } from './inline';
import styles from './markup.module.css';

type Props = {
  text: string;
  className?: string;
  /** Called when somebody ticks the row that stands in a line of the text. */
  onTick?: (line: number, checked: boolean) => void;
};

/** Shows a text with its marks. Everything becomes elements of the page or text; none of it is ever read as HTML. */
export function Markup({ text, className, onTick }: Props) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return <div className={clsx(styles.markup, className)}>{blocks.map((b) => block(b, onTick))}</div>;
}

function block(b: Block, onTick: Props['onTick']): ReactNode {
  switch (b.kind) {
    case 'text':
      return (
        <p key={b.line} className={styles.text}>
          {b.lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
            <Fragment key={i}>
              {i > 0 && '\n'}
              {inline(line)}
            </Fragment>
          ))}
        </p>
      );
    case 'heading':
      return (
        <p key={b.line} className={styles.heading}>
          {inline(b.inner)}
        </p>
      );
    case 'quote':
      return (
        <blockquote key={b.line} className={styles.quote}>
          {b.blocks.map((inner) => block(inner, onTick))}
        </blockquote>
      );
    case 'code':
      return (
        <pre key={b.line} className={styles.code}>
          {b.text}
        </pre>
      );
    case 'list':
      return (
        <ul key={b.line} className={styles.list}>
          {b.items.map((item) => (
            <Row key={item.line} item={item} onTick={onTick} />
          ))}
        </ul>
      );
  }
}

function Row({ item, onTick }: { item: Item; onTick: Props['onTick'] }) {
  const { t } = useTranslation();
  return (
    <li data-done={item.checked || undefined}>
      {item.checked === undefined ? (
        <span className={styles.bullet} aria-hidden={!item.mark}>
          {item.mark || '•'}
        </span>
      ) : (
        <input
          type="checkbox"
          className={styles.check}
          checked={item.checked}
          disabled={!onTick}
          aria-label={wordsOf(item.inner) || t('markup.checks')}
          onChange={(event) => onTick?.(item.line, event.currentTarget.checked)}
        />
      )}
      <div className={styles.words}>
        <span>{inline(item.inner)}</span>
        {item.blocks.map((b) => block(b, onTick))}
      </div>
    </li>
  );
}

const inline = (pieces: Inline[]): ReactNode[] =>
  pieces.map((p, key) => {
    if (typeof p === 'string') return p;
    // biome-ignore-start lint/suspicious/noArrayIndexKey: a piece is known by its place
    if (p.kind === 'bold') return <strong key={key}>{inline(p.inner)}</strong>;
    if (p.kind === 'italic') return <em key={key}>{inline(p.inner)}</em>;
    if (p.kind === 'code') return <code key={key}>{p.text}</code>;
    return (
      // Every link of the program leaves it through platform(), see interceptLinks.
      <a key={key} href={p.href} title={p.href} rel="noreferrer">
        {p.text}
      </a>
    );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: a piece is known by its place
  });
