import { createDialog } from '@/lib/dialogs';
import type { Module } from '@/lib/modules';
import { CompanyIcon, LinkIcon, PasteIcon, PeopleIcon, PlusIcon } from '@/ui/icons';
import { Around } from './Around';
import { Glance } from './Glance';

export const contacts: Module = {
  name: 'contacts',
  nav: [
    {
      group: 'relationships',
      order: 10,
      to: '/company',
      title: 'contacts:kind.company.many',
      icon: CompanyIcon,
      key: 'c',
      kind: 'company',
    },
    {
      group: 'relationships',
      order: 20,
      to: '/person',
      title: 'contacts:kind.person.many',
      icon: PeopleIcon,
      key: 'p',
      kind: 'person',
    },
  ],
  routes: [{ path: '/paste', load: () => import('./PastePage').then((m) => ({ Page: m.PastePage })) }],
  commands: [
    {
      id: 'create:company',
      title: 'contacts:kind.company.new',
      group: 'create',
      shortcut: 'c',
      icon: PlusIcon,
      run: () => createDialog.set({ kind: 'company', values: {} }),
    },
    {
      id: 'create:person',
      title: 'contacts:kind.person.new',
      group: 'create',
      icon: PlusIcon,
      run: () => createDialog.set({ kind: 'person', values: {} }),
    },
    {
      id: 'create:relation',
      title: 'contacts:kind.relation.new',
      group: 'create',
      icon: PlusIcon,
      run: () => createDialog.set({ kind: 'relation', values: {} }),
    },
    {
      id: 'contacts.paste',
      title: 'contacts:page.paste.command',
      group: 'create',
      icon: PasteIcon,
      offered: (path) => (path === '/company' || path === '/person' ? ['list', 'emptyList'] : []),
      run: (scene) => scene.go('/paste'),
    },
  ],
  kinds: {
    company: {
      icon: CompanyIcon,
      Glance,
      Around,
      first: ['name', 'email', 'phone', 'website', 'city', 'country'],
      shape: 'square',
      empty: 'contacts:empty.company',
      page: true,
      create: true,
    },
    person: {
      icon: PeopleIcon,
      Glance,
      Around,
      first: ['name', 'company', 'role', 'email', 'phone'],
      skip: ['firstName', 'lastName', 'title', 'suffix'],
      shape: 'round',
      empty: 'contacts:empty.person',
      page: true,
      create: true,
    },
    relation: {
      icon: LinkIcon,
      first: ['from', 'type', 'to', 'since', 'until'],
      skip: ['title'],
      empty: 'contacts:empty.relation',
      create: true,
    },
  },
};
