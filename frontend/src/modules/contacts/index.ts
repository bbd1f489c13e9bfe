import { createDialog } from '@/lib/dialogs';
import type { Module } from '@/lib/modules';
import { CompanyIcon, PeopleIcon, PlusIcon } from '@/ui/icons';

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
  ],
  kinds: {
    company: {
      icon: CompanyIcon,
      first: ['name', 'email', 'phone', 'website', 'city', 'country'],
      shape: 'square',
      empty: 'contacts:empty.company',
      page: true,
      create: true,
    },
    person: {
      icon: PeopleIcon,
      first: ['name', 'company', 'role', 'email', 'phone'],
      skip: ['firstName', 'lastName', 'title', 'suffix'],
      shape: 'round',
      empty: 'contacts:empty.person',
      page: true,
      create: true,
    },
  },
};
