import type { Entry } from '@/api/types';
import type { Module } from '@/lib/modules';
import { BinIcon, EditIcon, HistoryIcon } from '@/ui/icons';
import { ChangeBody } from './ChangeBody';
import { ChangeMenu } from './ChangeMenu';

export const history: Module = {
  name: 'history',
  nav: [
    { group: 'program', order: 80, to: '/history', title: 'history:title', icon: HistoryIcon, key: 'h' },
    { group: 'program', order: 85, to: '/bin', title: 'history:bin.title', icon: BinIcon, key: 'b' },
  ],
  routes: [
    { path: '/history', load: () => import('./HistoryPage').then((m) => ({ Page: m.HistoryPage })) },
    { path: '/bin', load: () => import('./BinPage').then((m) => ({ Page: m.BinPage })) },
  ],
  presenters: {
    change: {
      icon: EditIcon,
      tone: 'gray',
      verb: (entry: Entry) => `history:op.${entry.change?.op ?? 'update'}`,
      plain: true,
      Body: ChangeBody,
      Menu: ChangeMenu,
    },
  },
};
