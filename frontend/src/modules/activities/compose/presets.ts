import i18next from 'i18next';
import { day } from '@/lib/format';

/** How often things come again, most of the time. */
export const repeats = [
  'FREQ=DAILY',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;INTERVAL=2',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;INTERVAL=3',
  'FREQ=MONTHLY;INTERVAL=6',
  'FREQ=YEARLY',
];

/** A rule such as FREQ=WEEKLY;INTERVAL=2 in words; what is no such rule stays as it is. */
export function repeatText(rule: string): string {
  if (!rule) return i18next.t('activities:page.repeat.none');
  const [, unit, count] = /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=(\d+))?$/.exec(rule) ?? [];
  return unit ? i18next.t(`activities:page.repeat.${unit.toLowerCase()}`, { count: Number(count ?? 1) }) : rule;
}

/** Minutes before something begins. */
export const reminds = ['0', '10', '30', '60', '120', '1440'];

export function remindText(minutes: string): string {
  if (!minutes) return i18next.t('activities:page.remind.none');
  const count = Number(minutes);
  if (!Number.isFinite(count)) return minutes;
  if (count === 0) return i18next.t('activities:page.remind.now');
  if (count % 1440 === 0) return i18next.t('activities:page.remind.days', { count: count / 1440 });
  if (count % 60 === 0) return i18next.t('activities:page.remind.hours', { count: count / 60 });
  return i18next.t('activities:page.remind.minutes', { count });
}

/** Days such as 2026-03-01,2026-03-08, on which a series does not take place. */
export const daysText = (days: string) =>
  days
    .split(/[,; ]+/)
    .filter(Boolean)
    .map((text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? day(text) : text))
    .join(', ');
