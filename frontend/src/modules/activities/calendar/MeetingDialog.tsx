import { Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import { recordQuery } from '@/api/queries';
import { MeetingForm } from '../compose/MeetingForm';
import { emptyMeeting, meetingDraft } from '../compose/meeting';

type Props = { day?: string; id?: string; onClose: () => void };

/** Makes a meeting on a day, or changes when, where and with whom one is. */
export function MeetingDialog({ day, id, onClose }: Props) {
  const { t } = useTranslation();
  const { timezone } = useSession();
  const found = useQuery({ ...recordQuery('meeting', id ?? ''), enabled: Boolean(id) });
  const stored = id ? found.data : undefined;
  return (
    <Modal
      opened={Boolean(day || id)}
      onClose={onClose}
      title={t(id ? 'activities:page.meeting.change' : 'activities:kind.meeting.new')}
      size={560}
      yOffset="8vh"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {id && !stored && <Skeleton height={220} />}
      {stored && <MeetingForm base={stored.record} start={meetingDraft(stored, timezone)} onClose={onClose} />}
      {day && !id && <MeetingForm start={emptyMeeting(day)} fresh={{ day, lastDay: '' }} onClose={onClose} />}
    </Modal>
  );
}
