import type { Kind, Links, Row, Values } from '@/api/types';
import { store } from '@/lib/store';

/** A save met a newer version: what the record was when editing began, what was typed, what is stored now. */
export type StaleQuestion = { kind: Kind; was: Row; mine: Values; current: Row; links: Links };

type Open = StaleQuestion & {
  /** It has been answered, and the save met a newer version once more. */
  again: boolean;
  /** It is answered; the save runs. */
  saving: boolean;
  answer: (values: Values | null) => void;
};

/** The open question, if any, and who waits for its answer. */
export const staleQuestion = store<Open | null>(null);

/**
 * Asks which version shall stand, field by field. Null means: go back to what I was typing. After any other answer the
 * question stays in sight until endStale: the save may ask once more.
 */
export function askStale(question: StaleQuestion): Promise<Values | null> {
  return new Promise((resolve) => {
    const open: Open = {
      ...question,
      again: staleQuestion.get()?.saving ?? false,
      saving: false,
      answer: (values) => {
        if (staleQuestion.get()?.saving) return;
        staleQuestion.set(values && { ...open, saving: true });
        resolve(values);
      },
    };
    staleQuestion.set(open);
  });
}

/** The save whose question was answered is over, one way or another. */
export const endStale = () => {
  if (staleQuestion.get()?.saving) staleQuestion.set(null);
};
