import { useTranslation } from 'react-i18next';
import { moment, time } from '@/lib/format';
import { type PresenterProps, presenter } from '@/lib/modules';
import { Avatar } from '../Avatar';
import { DotIcon } from '../icons';
import styles from './Timeline.module.css';

/** One entry: who did what and when, and what the entry's own module has to say about it. */
export function TimelineEntry(props: PresenterProps) {
  const { t } = useTranslation();
  const { entry } = props;
  const shown = presenter(entry.kind);
  const Icon = shown?.icon ?? DotIcon;
  const verb = typeof shown?.verb === 'function' ? shown.verb(entry) : shown?.verb;
  const Line = shown?.Line;
  const Body = shown?.Body;
  const Menu = shown?.Menu;
  return (
    <li className={styles.entry}>
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
          <time dateTime={entry.at} title={moment(entry.at)}>
            {time(entry.at)}
          </time>
          {Menu && <Menu {...props} />}
        </div>
        {Body ? <Body {...props} /> : entry.title && verb && <p className={styles.text}>{entry.title}</p>}
      </div>
    </li>
  );
}
