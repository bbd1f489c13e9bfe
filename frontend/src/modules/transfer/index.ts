import type { Kind } from '@/api/types';
import type { Command } from '@/lib/commands';
import type { Module } from '@/lib/modules';
import { listPath } from '@/lib/nav';
import { DownloadIcon, SheetIcon, UploadIcon } from '@/ui/icons';
import { saveExport } from './saveExport';

/** The kinds whose lists leave as a spreadsheet, as far as a command needs to know them. */
const lists: Pick<Kind, 'name' | 'module' | 'title'>[] = [
  { name: 'company', module: 'contacts', title: 'name' },
  { name: 'person', module: 'contacts', title: 'name' },
  { name: 'product', module: 'products', title: 'name' },
  { name: 'quotation', module: 'sales', title: 'subject' },
];
const imported = lists.filter((l) => l.name !== 'quotation');

const listAt = (path: string) => lists.find((l) => listPath(l.name) === path);

const importing = (name: string): Command => ({
  id: `import:${name}`,
  title: `transfer:page.command.import.${name}`,
  group: 'program',
  icon: UploadIcon,
  offered: (path) => (path === listPath(name) ? ['list', 'emptyList'] : []),
  run: (scene) => scene.go(`/import?kind=${name}`),
});

const exporting = (format: 'xlsx' | 'csv'): Command => ({
  id: `export:${format}`,
  title: `transfer:page.command.export.${format}`,
  group: 'page',
  icon: DownloadIcon,
  when: (scene) => listAt(scene.path) !== undefined,
  offered: () => ['list'],
  run: (scene) => {
    const list = listAt(scene.path);
    if (list) void saveExport(list, format);
  },
});

export const transfer: Module = {
  name: 'transfer',
  nav: [{ group: 'program', order: 70, to: '/import', title: 'transfer:page.title', icon: SheetIcon, key: 'i' }],
  routes: [{ path: '/import', load: () => import('./ImportPage').then((m) => ({ Page: m.ImportPage })) }],
  commands: [...imported.map((l) => importing(l.name)), exporting('xlsx'), exporting('csv')],
};
