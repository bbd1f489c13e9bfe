import styles from './Sum.module.css';

/** What the sum in a number field comes to, while it is typed. It hangs below a box with a position. */
export const Sum = ({ text }: { text: string }) => <output className={styles.sum}>= {text}</output>;
