import { DateInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import type { Value } from '@/api/types';
import { readDay } from '@/lib/day';
import { dayPattern, firstWeekday } from '@/lib/format';

type Props = {
  label?: string;
  'aria-label'?: string;
  error?: string;
  autoFocus?: boolean;
  placeholder?: string;
  value: string | null;
  onChange: (value: string | null) => void;
  onPick?: (value: Value) => void;
};

/** A day, typed in the order of the locale or picked from a calendar; stored as YYYY-MM-DD, never as an instant. */
export function DayInput({ value, onChange, onPick, ...rest }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <DateInput
      {...rest}
      value={value}
      locale={i18n.language}
      valueFormat={dayPattern()}
      firstDayOfWeek={firstWeekday()}
      weekendDays={[]}
      placeholder={rest.placeholder ?? dayPattern()}
      dateParser={(text) => readDay(text, dayPattern()) ?? null}
      clearable
      fixOnBlur
      popoverProps={{ shadow: 'md' }}
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      ariaLabels={{
        nextMonth: t('calendar.next'),
        previousMonth: t('calendar.previous'),
        nextYear: t('calendar.next'),
        previousYear: t('calendar.previous'),
        nextDecade: t('calendar.next'),
        previousDecade: t('calendar.previous'),
        monthLevelControl: t('calendar.months'),
        yearLevelControl: t('calendar.years'),
      }}
      onChange={(next) => {
        onChange(next);
        if (next !== value && onPick) onPick(next);
      }}
    />
  );
}
