import type { Module } from '@/lib/modules';
import { SettingsIcon } from '@/ui/icons';

export const settings: Module = {
  name: 'settings',
  nav: [{ group: 'program', order: 90, to: '/settings', title: 'settings:title', icon: SettingsIcon, key: 's' }],
  routes: [{ path: '/settings', load: () => import('./SettingsPage').then((m) => ({ Page: m.SettingsPage })) }],
};
