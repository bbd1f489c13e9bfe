import type { Values } from '@/api/types';
import { store } from './store';

/** Which of the shell's dialogs are open; commands and pages open them from anywhere. */
export const createDialog = store<{ kind: string; values: Values } | null>(null);
export const palette = store<boolean>(false);
export const shortcutHelp = store<boolean>(false);
export const drawer = store<boolean>(false);
