import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import { todayQuery } from '@/api/queries';
import type { SettleHow } from '@/api/types';
import { clockOf } from '@/lib/clock';
import { useCommands } from '@/lib/commands';
import { keep } from '@/lib/keep';
import { PageBar } from '@/ui/PageBar';
import { ErrorState } from '@/ui/States';
import { inWords } from '../days';
import { focused, step } from './focus';
import { itemsOf } from './items';
import { QuickAdd } from './QuickAdd';
import { TodayEmpty } from './TodayEmpty';
import { TodaySection } from './TodaySection';
import styles from './today.module.css';
import { useSettle } from './useSettle';

/** What waits to be done today, each row settled in its place. */
export function Page() {
  const { t } = useTranslation();
  const session = useSession();
  const found = useQuery(todayQuery);
  const settle = useSettle();
  useEffect(() => keep('home', '/today'), []);

  const data = found.data;
  const sections = data?.sections.map((s) => ({ section: s, items: itemsOf(s, data.links, data.today) })) ?? [];
  const items = sections.flatMap((s) => s.items);
  const chosen = () => items.find((item) => item.key === focused() && item.task);
  const able = () => chosen() !== undefined;
  const act = (how: SettleHow) => {
    const item = chosen();
    if (item) settle(item, how);
  };
  useCommands([
    {
      id: 'create:task',
      title: 'activities:kind.task.new',
      group: 'create',
      shortcut: 'c',
      run: () => document.getElementById('quick-task')?.focus(),
    },
    { id: 'today.down', title: 'activities:page.today.down', group: 'page', shortcut: 'j', run: () => step(1) },
    { id: 'today.up', title: 'activities:page.today.up', group: 'page', shortcut: 'k', run: () => step(-1) },
    {
      id: 'today.done',
      title: 'activities:page.settle.done',
      group: 'page',
      shortcut: 'd',
      when: able,
      run: () => act('done'),
    },
    {
      id: 'today.tomorrow',
      title: 'activities:page.settle.tomorrow',
      group: 'page',
      shortcut: 't',
      when: able,
      run: () => act('tomorrow'),
    },
    {
      id: 'today.nextWeek',
      title: 'activities:page.settle.nextWeek',
      group: 'page',
      shortcut: 'w',
      when: able,
      run: () => act('nextWeek'),
    },
    {
      id: 'today.until',
      title: 'activities:page.settle.until',
      group: 'page',
      shortcut: 'l',
      when: able,
      run: () => act('until'),
    },
  ]);

  return (
    <>
      <PageBar title={t('activities:page.today.title')} />
      <div className={styles.scroll}>
        <div className={styles.page}>
          <header className={styles.greeting}>
            <h2>{t(greeting(session.timezone), { name: session.user.name.split(' ')[0] })}</h2>
            <p>{inWords(data?.today ?? session.today)}</p>
          </header>
          <QuickAdd today={data?.today ?? session.today} />
          {found.error && !data && <ErrorState error={found.error} retry={() => void found.refetch()} />}
          {found.isPending && (
            <div aria-busy="true">
              {[1, 2, 3].map((i) => (
                <Skeleton key={i} height={37} mb={8} />
              ))}
            </div>
          )}
          {sections.map(({ section, items: own }) => (
            <TodaySection key={section.key} section={section} items={own} onSettle={settle} />
          ))}
          {data && sections.length === 0 && <TodayEmpty />}
        </div>
      </div>
    </>
  );
}

/** The words to meet somebody with, by the hour of the workspace. */
function greeting(timezone: string): string {
  const hour = Number(clockOf(new Date().toISOString(), timezone).slice(0, 2));
  if (hour >= 4 && hour < 11) return 'activities:page.today.morning';
  return hour >= 11 && hour < 18 ? 'activities:page.today.day' : 'activities:page.today.evening';
}
