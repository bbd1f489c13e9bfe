import type { Kind, Links, Row, Values } from '@/api/types';
import { store } from '@/lib/store';

export type StaleQuestion = { kind: Kind; current: Row; mine: Values; links: Links };

/** The open question, if any, and who waits for its answer. */
export const staleQuestion = store<(StaleQuestion & { answer: (values: Values | null) => void }) | null>(null);

/** Asks which version shall stand, field by field. Null means: go back to what I was typing. */
export function askStale(question: StaleQuestion): Promise<Values | null> {
  return new Promise((resolve) => {
    staleQuestion.set({
      ...question,
      answer: (values) => {
        staleQuestion.set(null);
        resolve(values);
      },
    });
  });
}
