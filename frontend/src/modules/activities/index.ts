import type { Entry } from '@/api/types';
import { createDialog } from '@/lib/dialogs';
import { today } from '@/lib/format';
import type { Module } from '@/lib/modules';
import { CalendarIcon, EditIcon, MeetingIcon, NoteIcon, PhoneIcon, PlusIcon, TaskIcon, TodayIcon } from '@/ui/icons';
import { CallComposer } from './compose/CallComposer';
import { RemindInput, RepeatInput } from './compose/Choices';
import { MeetingComposer } from './compose/MeetingComposer';
import { daysText, remindText, repeatText } from './compose/presets';
import { TaskComposer } from './compose/TaskComposer';
import { CallBody } from './entry/CallBody';
import { EntryMenu } from './entry/EntryMenu';
import { MeetingBody } from './entry/MeetingBody';
import { TaskBody } from './entry/TaskBody';
import { NoteBody } from './NoteBody';
import { NoteComposer } from './NoteComposer';
import { NoteMenu } from './NoteMenu';
import { NotifyDialog, notifyDialog } from './NotifyDialog';
import { PutOffDialog } from './PutOffDialog';
import { snoozing, standingReminders } from './reminders';
import { taskCommands } from './taskCommands';

const repeating = { text: repeatText, Input: RepeatInput };
const reminding = { text: remindText, Input: RemindInput };

const meetingPath = /^\/meeting\/([0-9A-Za-z]{13})$/;

export const activities: Module = {
  name: 'activities',
  nav: [
    {
      group: 'top',
      order: 1,
      to: '/today',
      title: 'activities:page.today.title',
      icon: TodayIcon,
      key: 't',
      kind: 'task',
    },
    { group: 'top', order: 2, to: '/task', title: 'activities:kind.task.many', icon: TaskIcon, key: 'a', kind: 'task' },
    {
      group: 'top',
      order: 3,
      to: '/calendar',
      title: 'activities:page.calendar.title',
      icon: CalendarIcon,
      key: 'k',
      kind: 'meeting',
    },
  ],
  routes: [
    { path: '/today', load: () => import('./today/TodayPage') },
    { path: '/calendar', load: () => import('./calendar/CalendarPage') },
  ],
  commands: [
    {
      id: 'create:task',
      title: 'activities:kind.task.new',
      group: 'create',
      icon: PlusIcon,
      run: () => createDialog.set({ kind: 'task', values: {} }),
    },
    {
      id: 'create:meeting',
      title: 'activities:kind.meeting.new',
      group: 'create',
      icon: PlusIcon,
      run: (scene) => scene.go(`/calendar?new=${today()}`),
    },
    {
      id: 'meeting.time',
      title: 'activities:page.meeting.change',
      group: 'page',
      shortcut: 'e',
      icon: EditIcon,
      when: (scene) => meetingPath.test(scene.path),
      offered: () => ['record'],
      run: (scene) => scene.go(`/calendar?edit=${meetingPath.exec(scene.path)?.[1] ?? ''}`),
    },
    ...taskCommands,
    {
      id: 'reminder.notify',
      title: 'activities:page.notify.command',
      group: 'program',
      run: () => notifyDialog.set(true),
    },
    {
      id: 'reminder.snooze',
      title: 'activities:page.snooze.command',
      group: 'page',
      shortcut: 'z',
      when: () => standingReminders.get().length > 0,
      run: () => snoozing.set(standingReminders.get().at(-1)?.id ?? null),
    },
  ],
  kinds: {
    note: { icon: NoteIcon, first: ['text'], page: false },
    task: {
      icon: TaskIcon,
      first: ['text', 'due', 'time', 'about', 'assigned'],
      empty: 'activities:page.task.empty',
      create: true,
      page: true,
      fields: { repeat: repeating, remind: reminding },
    },
    call: { icon: PhoneIcon, first: ['text', 'about', 'outcome', 'minutes'], page: true },
    meeting: {
      icon: MeetingIcon,
      first: ['text', 'from', 'to', 'place'],
      page: true,
      fields: { repeat: repeating, remind: reminding, except: { text: daysText } },
    },
  },
  presenters: {
    note: { icon: NoteIcon, tone: 'yellow', verb: 'activities:timeline.note', Body: NoteBody, Menu: NoteMenu },
    call: { icon: PhoneIcon, tone: 'teal', verb: 'activities:timeline.call', Body: CallBody, Menu: EntryMenu },
    meeting: {
      icon: MeetingIcon,
      tone: 'grape',
      verb: 'activities:page.meeting.entered',
      Body: MeetingBody,
      Menu: EntryMenu,
    },
    task: {
      icon: TaskIcon,
      tone: 'cyan',
      verb: (entry: Entry) => (entry.record?.done ? 'activities:timeline.taskDone' : 'activities:timeline.task'),
      Body: TaskBody,
      Menu: EntryMenu,
    },
  },
  always: [PutOffDialog, NotifyDialog],
  composers: [
    {
      id: 'note',
      title: 'activities:kind.note.one',
      icon: NoteIcon,
      order: 10,
      makes: { kind: 'note', link: 'about' },
      Form: NoteComposer,
    },
    {
      id: 'call',
      title: 'activities:kind.call.one',
      icon: PhoneIcon,
      order: 20,
      makes: { kind: 'call', link: 'about' },
      Form: CallComposer,
    },
    {
      id: 'meeting',
      title: 'activities:kind.meeting.one',
      icon: MeetingIcon,
      order: 30,
      makes: { kind: 'meeting', link: 'about.record' },
      Form: MeetingComposer,
    },
    {
      id: 'task',
      title: 'activities:kind.task.one',
      icon: TaskIcon,
      order: 40,
      makes: { kind: 'task', link: 'about' },
      Form: TaskComposer,
    },
  ],
};
