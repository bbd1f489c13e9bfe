import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './PlainPage.module.css';

type Props = {
  icon: ReactNode;
  title: string;
  text: string;
  detail?: string;
  children?: ReactNode;
  action?: { label: string; run: () => void };
  /** Within the shell, whose page is the main part already. */
  inside?: boolean;
};

/** One quiet page in the middle: a way in, a way back, or what went wrong. */
export function PlainPage({ icon, title, text, detail, children, action, inside }: Props) {
  const Part = inside ? 'div' : 'main';
  return (
    <Part className={styles.page}>
      <div className={styles.box}>
        <div className={styles.icon}>{icon}</div>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.text}>{text}</p>
        {children}
        {detail && <p className={styles.detail}>{detail}</p>}
        {action && <Button onClick={action.run}>{action.label}</Button>}
      </div>
    </Part>
  );
}
