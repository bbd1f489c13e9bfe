import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useKind, useSession } from '@/api/house';
import { calendarQuery } from '@/api/queries';
import type { CalendarEntry } from '@/api/types';
import { useCommands } from '@/lib/commands';
import { firstWeekday } from '@/lib/format';
import { recordPath, useGo, usePageSearch } from '@/lib/nav';
import { PlusIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { SidePanel } from '@/ui/record/SidePanel';
import { ErrorState } from '@/ui/States';
import { isDay } from '../days';
import { Agenda } from './Agenda';
import styles from './calendar.module.css';
import { DayGrid } from './DayGrid';
import { MeetingDialog } from './MeetingDialog';
import { byDay, daysOf, nameOf, turn, viewOf } from './span';
import { Toolbar } from './Toolbar';

/** Meetings and due tasks by month, week and day. What is shown stands in the address. */
export function Page() {
  const { t } = useTranslation();
  const go = useGo();
  const { today } = useSession();
  const [search, change] = usePageSearch();
  const phone = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
  const view = viewOf(search.view);
  const date = isDay(search.date) ? search.date : today;
  const days = useMemo(() => daysOf(view, date, firstWeekday()), [view, date]);
  const found = useQuery({
    ...calendarQuery(days[0] ?? date, days[days.length - 1] ?? date),
    placeholderData: keepPreviousData,
  });
  const entries = useMemo(() => byDay(found.data?.entries ?? [], days), [found.data, days]);
  const panelKind = useKind(search.kind === 'task' ? 'task' : 'meeting');
  const opened = search.open;

  const show = (entry: CalendarEntry) => {
    if (phone) go(recordPath(entry.kind, entry.id));
    else change({ open: entry.id, kind: entry.kind }, !opened);
  };
  const close = () => change({ open: undefined, kind: undefined });
  const meet = (day = date) => change({ new: day }, true);
  useCommands([
    {
      id: 'create:meeting',
      title: 'activities:kind.meeting.new',
      group: 'create',
      shortcut: 'n',
      icon: PlusIcon,
      run: () => meet(),
    },
    {
      id: 'calendar.today',
      title: 'activities:page.calendar.today',
      group: 'page',
      shortcut: 't',
      run: () => change({ date: undefined }),
    },
    {
      id: 'calendar.month',
      title: 'activities:page.calendar.toMonth',
      group: 'page',
      shortcut: 'm',
      run: () => change({ view: undefined }),
    },
    {
      id: 'calendar.week',
      title: 'activities:page.calendar.toWeek',
      group: 'page',
      shortcut: 'w',
      run: () => change({ view: 'week' }),
    },
    {
      id: 'calendar.day',
      title: 'activities:page.calendar.toDay',
      group: 'page',
      shortcut: 'd',
      run: () => change({ view: 'day' }),
    },
  ]);

  const grid = { days, entries, date, links: found.data?.links ?? {}, onShow: show, onNew: meet };
  return (
    <>
      <PageBar title={t('activities:page.calendar.title')} />
      <Toolbar
        view={view}
        name={nameOf(view, date, days)}
        onView={(next) => change({ view: next === 'month' ? undefined : next })}
        onTurn={(by) => change({ date: turn(view, date, by) })}
        onToday={() => change({ date: undefined })}
        onNew={() => meet()}
      />
      <div className={styles.main}>
        <div className={styles.body} aria-busy={found.isPending}>
          {found.error && !found.data ? (
            <ErrorState error={found.error} retry={() => void found.refetch()} />
          ) : phone || view === 'day' ? (
            <Agenda {...grid} month={view === 'month' ? date.slice(0, 7) : ''} />
          ) : (
            <DayGrid
              {...grid}
              view={view}
              onDate={(day) => change({ date: day })}
              onDay={(day) => change({ date: day, view: 'day' }, true)}
            />
          )}
          {found.data?.more && <p className={styles.note}>{t('activities:page.calendar.more')}</p>}
        </div>
        {opened && panelKind && !phone && (
          <SidePanel key={opened} kind={panelKind} id={opened} onClose={close} onEditBelow={() => undefined} />
        )}
      </div>
      <MeetingDialog
        day={isDay(search.new) ? search.new : undefined}
        id={search.edit}
        onClose={() => change({ new: undefined, edit: undefined })}
      />
    </>
  );
}
