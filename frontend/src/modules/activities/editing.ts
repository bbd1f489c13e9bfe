import { store } from '@/lib/store';

/** The note that is being changed in a timeline; one at a time. */
export const editedNote = store<string | null>(null);
