import type { Module } from '@/lib/modules';
import { NoteIcon } from '@/ui/icons';
import { NoteBody } from './NoteBody';
import { NoteComposer } from './NoteComposer';
import { NoteMenu } from './NoteMenu';

export const activities: Module = {
  name: 'activities',
  kinds: { note: { icon: NoteIcon, first: ['text'], page: false } },
  presenters: {
    note: { icon: NoteIcon, tone: 'yellow', verb: 'activities:timeline.note', Body: NoteBody, Menu: NoteMenu },
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
  ],
};
