import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, Links } from '@/api/types';
import { PinIcon } from '../icons';
import styles from './Timeline.module.css';
import { TimelineEntry } from './TimelineEntry';

const folded = 5;

type Props = {
  entries: Entry[];
  links: Links;
  owner: { kind: string; id: string };
  onPin: (entry: Entry, pinned: boolean) => void;
  locked: boolean;
};

/** What somebody wants to see first whenever this record is opened. */
export function PinnedEntries({ entries, links, owner, onPin, locked }: Props) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (entries.length === 0) return null;
  const shown = all ? entries : entries.slice(0, folded);
  return (
    <section className={styles.pinned} aria-label={t('timeline.pinnedTitle')}>
      <h3>
        <PinIcon size={13} /> {t('timeline.pinnedTitle')}
      </h3>
      <ol>
        {shown.map((entry) => (
          <TimelineEntry
            key={entry.id}
            entry={entry}
            links={links}
            owner={owner}
            pinned
            onPin={onPin}
            locked={locked}
            dated
          />
        ))}
      </ol>
      {entries.length > folded && (
        <Button variant="subtle" size="xs" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('timeline.pinnedLess') : t('timeline.pinnedMore', { count: entries.length - folded })}
        </Button>
      )}
    </section>
  );
}
