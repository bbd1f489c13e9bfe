import { useEffect, useRef } from 'react';
import styles from './grid.module.css';

export type Suggestion = { key: string; title: string; sub?: string; right?: string };

type Props = {
  id: string;
  label: string;
  items: Suggestion[];
  active: number;
  onPick: (index: number) => void;
  wide?: boolean;
};

/** The choices below a cell. The cell keeps the focus and names the active one. */
export function Suggestions({ id, label, items, active, onPick, wide }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={box}
      id={id}
      role="listbox"
      aria-label={label}
      className={styles.suggestions}
      data-wide={wide || undefined}
    >
      {items.map((item, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys reach the cell, which has the focus
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={item.key}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === active}
          className={styles.suggestion}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(i)}
        >
          <span className={styles.suggestionTitle}>{item.title}</span>
          {item.sub && <small>{item.sub}</small>}
          {item.right && <span className={styles.suggestionRight}>{item.right}</span>}
        </div>
      ))}
    </div>
  );
}

/** What the arrow keys do in the cell above: undefined when the key is not theirs. */
export function stepIn(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (active + 1) % count;
  if (key === 'ArrowUp') return active <= 0 ? count - 1 : active - 1;
  return undefined;
}
