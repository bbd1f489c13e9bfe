import { initials, toneOf } from '@/lib/colour';
import styles from './Avatar.module.css';

type Props = { id: string; name: string; size?: number; round?: boolean };

/** The mark of a company (square) or a person (round), in the colour of its id. It only repeats the name beside it. */
export function Avatar({ id, name, size = 22, round }: Props) {
  return (
    <span
      className={styles.avatar}
      data-tone={toneOf(id)}
      data-round={round || undefined}
      style={{ width: size, height: size, fontSize: Math.max(8.5, size * 0.38) }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}
