import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '@/api/types';
import { day, dayOf, moment, time } from '@/lib/format';
import { type PresenterProps, presenter } from '@/lib/modules';
import { Avatar } from '../Avatar';
import { DotIcon } from '../icons';
import { Marked, unmarked } from '../Marked';
import { PinButton } from './PinButton';
import styles from './Timeline.module.css';
import { canPin } from './usePin';

type Props = PresenterProps & {
  pinned?: boolean;
  onPin?: (entry: Entry, pinned: boolean) => void;
  /** Of a record in the bin, which can be read only. */
  locked?: boolean;
  /** With its day, where it does not stand under one. */
  dated?: boolean;
};

/** Whether the place where words were found can be read anyway, in the title or the whole text of a note. */
function isShown(entry: Entry, found: string): boolean {
  const words = unmarked(found).replace(/^…|…$/g, '');
  return [entry.title, entry.record?.text].some((text) =>
    String(text ?? '')
      .replace(/\s+/g, ' ')
      .includes(words),
  );
}

/** One entry: who did what and when, and what the entry's own module has to say about it. */
export const TimelineEntry = memo(function TimelineEntry({ pinned = false, onPin, locked, dated, ...props }: Props) {
  const { t } = useTranslation();
  const { entry } = props;
  const shown = presenter(entry.kind);
  const Icon = shown?.icon ?? DotIcon;
  const verb = typeof shown?.verb === 'function' ? shown.verb(entry) : shown?.verb;
  const Line = shown?.Line;
  const Body = shown?.Body;
  const Menu = shown?.Menu;
  const found = entry.found && !isShown(entry, entry.found) ? entry.found : '';
  return (
    <li className={styles.entry} tabIndex={-1} data-entry={entry.id} data-pinned={pinned || undefined}>
      <span className={styles.mark} data-tone={shown?.tone ?? 'gray'} aria-hidden="true">
        <Icon size={14} stroke={1.8} />
      </span>
      <div className={styles.box} data-plain={shown?.plain || undefined}>
        <div className={styles.line}>
          {Line ? (
            <Line {...props} />
          ) : (
            <>
              <Avatar id={entry.actor.id} name={entry.actor.name} size={20} round />
              <span className={styles.what}>
                <strong>{entry.actor.name}</strong> {verb ? t(verb) : entry.title}
              </span>
            </>
          )}
          {onPin && !locked && canPin(entry) && <PinButton entry={entry} pinned={pinned} onPin={onPin} />}
          <time dateTime={entry.at} title={moment(entry.at)}>
            {dated ? day(dayOf(entry.at)) : time(entry.at)}
          </time>
          {Menu && (!locked || entry.change) && <Menu {...props} />}
        </div>
        {Body ? <Body {...props} /> : entry.title && verb && <p className={styles.text}>{entry.title}</p>}
        {found && (
          <p className={styles.found}>
            <Marked text={found} />
          </p>
        )}
      </div>
    </li>
  );
});
