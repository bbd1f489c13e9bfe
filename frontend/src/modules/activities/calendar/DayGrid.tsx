import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import type { CalendarEntry } from '@/api/types';
import { addDays, inWords, weekdayName } from '../days';
import styles from './calendar.module.css';
import { EntryBar } from './EntryBar';
import type { View } from './span';

type Props = {
  view: View;
  days: string[];
  entries: Map<string, CalendarEntry[]>;
  date: string;
  onDate: (day: string) => void;
  onDay: (day: string) => void;
  onShow: (entry: CalendarEntry) => void;
  onNew: (day: string) => void;
};

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month or a week as a grid of days. The arrows move the day, Enter opens it. */
export function DayGrid({ view, days, entries, date, onDate, onDay, onShow, onNew }: Props) {
  const { t } = useTranslation();
  const { today } = useSession();
  const grid = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const tall = useMediaQuery('(min-height: 1100px)', undefined, { getInitialValueInEffect: false });
  /** Bars in a day of the month; the rest stands in the day itself. */
  const room = tall ? 6 : 3;
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-day="${date}"]`)?.focus();
  }, [date]);
  const weeks: string[][] = [];
  for (let i = 0; i < days.length; i += 7) weeks.push(days.slice(i, i + 7));

  const onKey = (event: React.KeyboardEvent, day: string) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = steps[event.key];
    if (by) {
      event.preventDefault();
      moved.current = true;
      onDate(addDays(day, document.dir === 'rtl' && Math.abs(by) === 1 ? -by : by));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onDay(day);
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid of days that arrows go through, not a table to be read
    <div
      ref={grid}
      className={styles.grid}
      role="grid"
      aria-label={t('activities:page.calendar.title')}
      data-view={view}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the cells take the focus */}
      <div role="row" className={styles.weekdays}>
        {days.slice(0, 7).map((day) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <span key={day} role="columnheader">
            {weekdayName(day)}
          </span>
        ))}
      </div>
      {weeks.map((week) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div key={week[0]} role="row" className={styles.week}>
          {week.map((day) => {
            const all = entries.get(day) ?? [];
            const shown = view === 'month' && all.length > room ? all.slice(0, room - 1) : all;
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              <div
                key={day}
                role="gridcell"
                tabIndex={day === date ? 0 : -1}
                aria-selected={day === date}
                aria-label={t('activities:page.calendar.cell', { day: inWords(day), count: all.length })}
                className={styles.cell}
                data-day={day}
                data-out={(view === 'month' && day.slice(0, 7) !== date.slice(0, 7)) || undefined}
                data-today={day === today || undefined}
                onKeyDown={(event) => onKey(event, day)}
                onClick={(event) => {
                  moved.current = true;
                  if (event.target === event.currentTarget) onDate(day);
                }}
                onDoubleClick={(event) => event.target === event.currentTarget && onNew(day)}
              >
                <button
                  type="button"
                  tabIndex={-1}
                  className={styles.number}
                  onClick={() => onDay(day)}
                  aria-label={inWords(day)}
                >
                  {Number(day.slice(8))}
                </button>
                {shown.map((entry) => (
                  <EntryBar key={`${entry.id}${entry.day}`} entry={entry} day={day} onShow={onShow} />
                ))}
                {all.length > shown.length && (
                  <button type="button" className={styles.rest} onClick={() => onDay(day)}>
                    {t('activities:page.calendar.rest', { count: all.length - shown.length })}
                  </button>
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
