import type { Module } from '@/lib/modules';
import { FieldIcon, SettingsIcon } from '@/ui/icons';

export const settings: Module = {
  name: 'settings',
  nav: [{ group: 'program', order: 90, to: '/settings', title: 'settings:title', icon: SettingsIcon, key: 's' }],
  commands: [
    {
      id: 'settings.fields',
      title: 'field:page.open',
      group: 'go',
      icon: FieldIcon,
      run: (scene) => scene.go('/settings?tab=fields'),
    },
  ],
  routes: [{ path: '/settings', load: () => import('./SettingsPage').then((m) => ({ Page: m.SettingsPage })) }],
};
