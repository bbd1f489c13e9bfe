import { Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import { recordQuery } from '@/api/queries';
import { emptyMeeting, meetingForm } from '../compose/meeting';
import { MeetingEditor } from './MeetingEditor';

type Props = { day?: string; id?: string; onClose: () => void };

/** Makes a meeting on a day, or changes when and where one is. */
export function MeetingDialog({ day, id, onClose }: Props) {
  const { t } = useTranslation();
  const { timezone } = useSession();
  const found = useQuery({ ...recordQuery('meeting', id ?? ''), enabled: Boolean(id) });
  const record = id ? found.data?.record : undefined;
  return (
    <Modal
      opened={Boolean(day || id)}
      onClose={onClose}
      title={t(id ? 'activities:page.meeting.change' : 'activities:kind.meeting.new')}
      size={560}
      yOffset="8vh"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {id && !record && <Skeleton height={220} />}
      {record && <MeetingEditor base={record} start={meetingForm(record, timezone)} onClose={onClose} />}
      {day && !id && <MeetingEditor start={emptyMeeting(day)} onClose={onClose} />}
    </Modal>
  );
}
