import type { Kind } from '@/api/types';
import type { Command } from '@/lib/commands';
import type { Module } from '@/lib/modules';
import { DownloadIcon, SheetIcon, UploadIcon } from '@/ui/icons';
import { saveExport } from './saveExport';

/** The kinds whose lists leave as a spreadsheet, as far as a command needs to know them. */
const lists: Pick<Kind, 'name' | 'module' | 'title'>[] = [
  { name: 'company', module: 'contacts', title: 'name' },
  { name: 'person', module: 'contacts', title: 'name' },
  { name: 'product', module: 'products', title: 'name' },
];

const listOpen = () => lists.find((l) => window.location.hash.split('?')[0] === `#/${l.name}`);

const importing = (name: string): Command => ({
  id: `import:${name}`,
  title: `transfer:page.command.import.${name}`,
  group: 'program',
  icon: UploadIcon,
  run: (scene) => scene.go(`/import?kind=${name}`),
});

const exporting = (format: 'xlsx' | 'csv'): Command => ({
  id: `export:${format}`,
  title: `transfer:page.command.export.${format}`,
  group: 'page',
  icon: DownloadIcon,
  when: () => listOpen() !== undefined,
  run: () => {
    const list = listOpen();
    if (list) void saveExport(list, format);
  },
});

export const transfer: Module = {
  name: 'transfer',
  nav: [{ group: 'program', order: 70, to: '/import', title: 'transfer:page.title', icon: SheetIcon, key: 'i' }],
  routes: [{ path: '/import', load: () => import('./ImportPage').then((m) => ({ Page: m.ImportPage })) }],
  commands: [...lists.map((l) => importing(l.name)), exporting('xlsx'), exporting('csv')],
};
