import type { Entry } from '@/api/types';
import { createDialog } from '@/lib/dialogs';
import { today } from '@/lib/format';
import type { Module } from '@/lib/modules';
import {
  CalendarIcon,
  CheckIcon,
  EditIcon,
  MeetingIcon,
  NoteIcon,
  PhoneIcon,
  PlusIcon,
  TaskIcon,
  TodayIcon,
} from '@/ui/icons';
import { CallComposer } from './compose/CallComposer';
import { MeetingComposer } from './compose/MeetingComposer';
import { TaskComposer } from './compose/TaskComposer';
import { CallBody } from './entry/CallBody';
import { EntryMenu } from './entry/EntryMenu';
import { MeetingBody } from './entry/MeetingBody';
import { TaskBody } from './entry/TaskBody';
import { NoteBody } from './NoteBody';
import { NoteComposer } from './NoteComposer';
import { NoteMenu } from './NoteMenu';
import { settleOpen, taskPath } from './taskCommands';

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
    {
      id: 'task.done',
      title: 'activities:page.settle.done',
      group: 'page',
      shortcut: 'd',
      icon: CheckIcon,
      when: (scene) => taskPath.test(scene.path),
      offered: () => ['record'],
      run: (scene) => settleOpen(scene, 'done'),
    },
    {
      id: 'task.tomorrow',
      title: 'activities:page.settle.tomorrow',
      group: 'page',
      shortcut: 't',
      when: (scene) => taskPath.test(scene.path),
      offered: () => ['record'],
      run: (scene) => settleOpen(scene, 'tomorrow'),
    },
    {
      id: 'task.nextWeek',
      title: 'activities:page.settle.nextWeek',
      group: 'page',
      shortcut: 'w',
      when: (scene) => taskPath.test(scene.path),
      offered: () => ['record'],
      run: (scene) => settleOpen(scene, 'nextWeek'),
    },
    {
      id: 'task.reopen',
      title: 'activities:page.settle.reopen',
      group: 'page',
      when: (scene) => taskPath.test(scene.path),
      run: (scene) => settleOpen(scene, 'reopen'),
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
    },
    call: { icon: PhoneIcon, first: ['text', 'about', 'outcome', 'minutes'], page: true },
    meeting: { icon: MeetingIcon, first: ['text', 'from', 'to', 'place'], page: true },
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
