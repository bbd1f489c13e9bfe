import { kindView } from '@/lib/modules';
import { Avatar } from './Avatar';
import styles from './Avatar.module.css';

type Props = { kind: string; id: string; name: string; size?: number };

/** What stands before a record's name: initials for who has a shape, the kind's icon for all others. */
export function RecordMark({ kind, id, name, size = 22 }: Props) {
  const view = kindView(kind);
  const Icon = view?.icon;
  if (view?.shape || !Icon) return <Avatar id={id} name={name} size={size} round={view?.shape === 'round'} />;
  return (
    <span className={styles.icon} style={{ width: size, height: size }} aria-hidden="true">
      <Icon size={Math.round(size * 0.62)} stroke={1.7} />
    </span>
  );
}
