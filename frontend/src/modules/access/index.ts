import type { Module } from '@/lib/modules';
import { PersonIcon } from '@/ui/icons';

/** The people who use Kontor. Their pages come with log-in; here they only have names. */
export const access: Module = {
  name: 'access',
  kinds: { user: { icon: PersonIcon, first: ['name'], shape: 'round' } },
};
