import i18next from 'i18next';
import { shownRecord } from '@/lib/commands';
import { createDialog } from '@/lib/dialogs';
import type { ManyTool, Module } from '@/lib/modules';
import { titleOf } from '@/lib/words';
import {
  CompanyIcon,
  DownloadIcon,
  LinkIcon,
  PasteIcon,
  PeopleIcon,
  PlusIcon,
  UploadIcon,
  VisitIcon,
} from '@/ui/icons';
import { cardFile } from './cards';
import { Glance } from './Glance';
import { Party } from './Party';
import { saveCard, saveCards } from './requests';
import { Taking } from './Taking';
import { tellSaved } from './tellSaved';
import { Visit } from './VisitPlace';
import { visited } from './visit';

/** The company or person whose page is open. */
const party = () => {
  const record = shownRecord.get();
  return record && ['company', 'person'].includes(record.kind) ? record : undefined;
};

/** Business cards of the selected rows, in one file. */
const cardsOf = (kind: string): ManyTool => ({
  title: 'contacts:page.card.saveMany',
  icon: DownloadIcon,
  run: (chosen, count) => tellSaved(count, () => saveCards(kind, i18next.t(`contacts:kind.${kind}.many`), chosen)),
});

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
  routes: [
    { path: '/paste', load: () => import('./PastePage').then((m) => ({ Page: m.PastePage })) },
    { path: '/cards', load: () => import('./CardsPage').then((m) => ({ Page: m.CardsPage })) },
  ],
  always: [Taking, Visit],
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
      id: 'contacts.visit',
      title: 'visit:page.command',
      group: 'page',
      shortcut: 'v',
      icon: VisitIcon,
      when: () => party() !== undefined,
      offered: () => ['record'],
      run: () => {
        const record = party();
        if (record) visited.set({ kind: record.kind, id: record.id });
      },
    },
    {
      id: 'contacts.paste',
      title: 'contacts:page.paste.command',
      group: 'create',
      icon: PasteIcon,
      offered: (path) => (path === '/company' || path === '/person' ? ['list', 'emptyList'] : []),
      run: (scene) => scene.go('/paste'),
    },
    {
      id: 'contacts.cards',
      title: 'contacts:page.cards.command',
      group: 'create',
      icon: UploadIcon,
      offered: (path) => (path === '/company' || path === '/person' ? ['list', 'emptyList'] : []),
      run: (scene) => {
        cardFile.set(null);
        scene.go('/cards');
      },
    },
    {
      id: 'contacts.card',
      title: 'contacts:page.card.save',
      group: 'page',
      icon: DownloadIcon,
      when: () => party() !== undefined,
      run: () => {
        const record = party();
        if (record) void tellSaved(1, () => saveCard(record.kind, record.id, titleOf(record)));
      },
    },
  ],
  kinds: {
    company: {
      icon: CompanyIcon,
      Glance,
      Around: Party,
      many: [cardsOf('company')],
      first: ['name', 'email', 'phone', 'website', 'city', 'country'],
      shape: 'square',
      empty: 'contacts:empty.company',
      page: true,
      create: true,
    },
    person: {
      icon: PeopleIcon,
      Glance,
      Around: Party,
      many: [cardsOf('person')],
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
