import styles from './Keys.module.css';

/** The caps of a shortcut. Screen readers get the keys from aria-keyshortcuts or the text beside it. */
export function Keys({ caps }: { caps: string[] }) {
  return (
    <span className={styles.keys}>
      {caps.map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
