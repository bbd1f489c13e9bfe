import { store } from '@/lib/store';
import type { Task } from './settle';

/** The task for which a day is being picked. */
export const putOff = store<Task | null>(null);
