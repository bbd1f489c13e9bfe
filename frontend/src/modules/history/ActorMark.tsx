import type { Change } from '@/api/types';
import { Avatar } from '@/ui/Avatar';
import { SystemIcon } from '@/ui/icons';
import styles from './history.module.css';

/** Who did it; what Kontor does by itself has no person. */
export function ActorMark({ actor }: { actor: Change['actor'] }) {
  if (actor.id) return <Avatar id={actor.id} name={actor.name} size={24} round />;
  return (
    <span className={styles.kontor}>
      <SystemIcon size={15} stroke={1.7} />
    </span>
  );
}
