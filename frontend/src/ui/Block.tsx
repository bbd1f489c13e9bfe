import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { number } from '@/lib/format';
import styles from './Block.module.css';
import { PlusIcon } from './icons';

type Props = {
  title: string;
  count?: number;
  /** The button that adds something. */
  add?: { label: string; run: () => void };
  /** It is a place of its own for those who hear the page. */
  region?: boolean;
  children?: ReactNode;
};

/** A block of what belongs to a record: what it is, how many, and what adds one. */
export function Block({ title, count = 0, add, region, children }: Props) {
  return (
    <section className={styles.block} aria-label={region ? title : undefined}>
      <h3>
        {title} {count > 0 && <small>{number(count)}</small>}
        {add && (
          <ActionIcon variant="subtle" color="gray" size={26} aria-label={add.label} onClick={add.run}>
            <PlusIcon size={16} />
          </ActionIcon>
        )}
      </h3>
      {children}
    </section>
  );
}
