import type { Entry } from '@/api/types';
import type { Module } from '@/lib/modules';
import { PlusIcon, ProductIcon, QuotationIcon } from '@/ui/icons';
import { viewFilter } from './listView';
import { QuotationBeside } from './QuotationBeside';
import { QuotationBody } from './QuotationBody';

/** The path of a company's or person's page. */
const customer = /^\/(company|person)\/([0-9A-Za-z]{13})$/;

export const sales: Module = {
  name: 'sales',
  nav: [
    {
      group: 'selling',
      order: 30,
      to: '/quotation',
      title: 'sales:kind.quotation.many',
      icon: QuotationIcon,
      key: 'q',
      kind: 'quotation',
    },
  ],
  routes: [
    { path: '/quotation', load: () => import('./ListPage').then((m) => ({ Page: m.ListPage })) },
    { path: '/quotation/$id', load: () => import('./EditorPage').then((m) => ({ Page: m.EditorPage })) },
  ],
  commands: [
    {
      id: 'create:quotation',
      title: 'sales:kind.quotation.new',
      group: 'create',
      icon: PlusIcon,
      run: (scene) => scene.go('/quotation/new'),
    },
    {
      id: 'quotation.products',
      title: 'sales:page.list.products',
      group: 'go',
      icon: ProductIcon,
      when: (scene) => scene.path === '/quotation',
      offered: () => ['emptyList'],
      run: (scene) => scene.go('/product'),
    },
    {
      id: 'quotation.forThis',
      title: 'sales:page.forThis',
      group: 'page',
      shortcut: 'q',
      icon: QuotationIcon,
      when: (scene) => customer.test(scene.path),
      offered: () => ['record'],
      run: (scene) => {
        const [, kind, id] = customer.exec(scene.path) ?? [];
        if (kind) scene.go(`/quotation/new?${kind}=${id}`);
      },
    },
  ],
  kinds: {
    quotation: {
      icon: QuotationIcon,
      first: ['subject', 'company'],
      page: true,
      empty: 'sales:page.list.empty',
      Beside: QuotationBeside,
      makeAt: (link, id) => `/quotation/new?${link}=${id}`,
      listWhere: viewFilter,
    },
  },
  presenters: {
    quotation: {
      icon: QuotationIcon,
      tone: 'indigo',
      verb: (entry: Entry) =>
        entry.record?.status === 'final' ? 'sales:page.timeline.issued' : 'sales:page.timeline.drafted',
      Body: QuotationBody,
    },
  },
};
