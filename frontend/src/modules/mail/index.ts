import type { Module } from '@/lib/modules';
import { MailIcon } from '@/ui/icons';
import { MailEntry } from './MailEntry';
import { MailLine } from './MailLine';
import { MailMenu } from './MailMenu';

export const mail: Module = {
  name: 'mail',
  nav: [{ group: 'program', order: 75, to: '/mail', title: 'mail:page.title', icon: MailIcon, key: 'm' }],
  routes: [
    { path: '/mail', load: () => import('./AccountsPage').then((m) => ({ Page: m.AccountsPage })) },
    { path: '/mail/$id', load: () => import('./ReadingPage').then((m) => ({ Page: m.ReadingPage })) },
  ],
  kinds: { mail: { icon: MailIcon, first: [], page: true } },
  presenters: {
    mail: {
      icon: MailIcon,
      tone: 'blue',
      Line: MailLine,
      Body: MailEntry,
      Menu: MailMenu,
    },
  },
};
