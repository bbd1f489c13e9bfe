import { DropIcon } from '../icons';
import styles from './files.module.css';

/** Covers the page while files are held over it, and says what would become of them. */
export function DropVeil({ text, hint }: { text: string; hint?: string }) {
  return (
    <div className={styles.over} role="status">
      <div>
        <DropIcon size={40} stroke={1.4} />
        <strong>{text}</strong>
        {hint && <span>{hint}</span>}
      </div>
    </div>
  );
}
