import type { Module } from '@/lib/modules';
import { TagIcon } from '@/ui/icons';

const tagged = ['/company', '/person', '/product'];

/** What concerns lists of every kind: the tags of the workspace. */
export const views: Module = {
  name: 'view',
  routes: [{ path: '/tags', load: () => import('./TagsPage').then((m) => ({ Page: m.TagsPage })) }],
  commands: [
    {
      id: 'view.tags',
      title: 'view:page.tags.command',
      group: 'go',
      icon: TagIcon,
      offered: (path) => (tagged.includes(path) ? ['list'] : []),
      run: (scene) => scene.go('/tags'),
    },
  ],
};
