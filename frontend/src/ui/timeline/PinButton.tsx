import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Entry } from '@/api/types';
import { PinIcon, UnpinIcon } from '../icons';
import styles from './Timeline.module.css';

type Props = { entry: Entry; pinned: boolean; onPin: (entry: Entry, pinned: boolean) => void };

/** Keeps an entry on top. It shows when its entry is pointed at or has the focus, and always where it is pinned. */
export function PinButton({ entry, pinned, onPin }: Props) {
  const { t } = useTranslation();
  const label = t(pinned ? 'timeline.unpin' : 'timeline.pin');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={24}
      className={styles.pin}
      title={label}
      aria-label={label}
      aria-pressed={pinned}
      onClick={() => onPin(entry, !pinned)}
    >
      {pinned ? <UnpinIcon size={15} /> : <PinIcon size={15} />}
    </ActionIcon>
  );
}
