import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '@/ui/fields/DayInput';
import { RemindChoice, RepeatChoice } from './Choices';
import { ClockInput } from './ClockInput';
import styles from './compose.module.css';
import { begin, type MeetingForm } from './meeting';

type Props = {
  form: MeetingForm;
  set: (patch: Partial<MeetingForm>) => void;
  at: (field: string) => string | undefined;
};

/** When and where a meeting is: at a time, or on whole days. */
export function MeetingFields({ form, set, at }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.grid}>
      <DayInput
        label={t(form.whole ? 'activities:page.meeting.firstDay' : 'activities:page.meeting.day')}
        value={form.day || null}
        error={at('day')}
        onChange={(day) => set({ day: day ?? '' })}
      />
      {form.whole ? (
        <DayInput
          label={t('activities:field.meeting.lastDay')}
          value={form.lastDay || null}
          error={at('lastDay')}
          onChange={(lastDay) => set({ lastDay: lastDay ?? '' })}
        />
      ) : (
        <>
          <ClockInput
            label={t('activities:field.meeting.from')}
            value={form.from}
            error={at('from')}
            onChange={(from) => set(begin(form, from))}
          />
          <ClockInput
            label={t('activities:field.meeting.to')}
            value={form.to}
            error={at('to')}
            onChange={(to) => set({ to })}
          />
        </>
      )}
      <Checkbox
        className={styles.check}
        label={t('activities:field.meeting.day')}
        checked={form.whole}
        onChange={(event) => set({ whole: event.currentTarget.checked })}
      />
      <TextInput
        label={t('activities:field.meeting.place')}
        autoComplete="off"
        value={form.place}
        error={at('place')}
        onChange={(event) => set({ place: event.currentTarget.value })}
      />
      <RepeatChoice
        label={t('activities:field.meeting.repeat')}
        value={form.repeat}
        error={at('repeat')}
        onChange={(repeat) => set({ repeat })}
      />
      <RemindChoice
        label={t('activities:page.remind.label')}
        value={form.remind}
        error={at('remind')}
        onChange={(remind) => set({ remind })}
      />
      <Textarea
        className={styles.wide}
        label={t('activities:field.meeting.details')}
        autosize
        minRows={1}
        maxRows={8}
        value={form.details}
        error={at('details')}
        onChange={(event) => set({ details: event.currentTarget.value })}
      />
    </div>
  );
}
