import type { Action, Mapped, Options, Question, Session } from './requests';

export const steps = ['file', 'sheet', 'columns', 'questions', 'match', 'check', 'result'] as const;
export type Step = (typeof steps)[number];

/** Why a step cannot be entered yet, as the rest of a catalogue key; undefined where it can. */
export function hindrance(session: Session | undefined, step: Step): string | undefined {
  if (step === 'file') return undefined;
  if (!session) return 'noFile';
  if (session.job && step !== 'result') return 'started';
  if (step === 'sheet' || step === 'columns') return undefined;
  if (!session.mapping.some((m) => m.field)) return 'noColumns';
  if (step === 'questions' || step === 'match') return undefined;
  if (session.questions.length > 0) return 'openQuestions';
  if (step === 'check') return undefined;
  return session.job ? undefined : 'notStarted';
}

/** Steps of this import: questions only where a column asks or has asked. */
export const stepsOf = (asked: Question[]): Step[] => steps.filter((step) => step !== 'questions' || asked.length > 0);

/** The step in the address, or the last one before it that can be entered. */
export function reachable(session: Session | undefined, asked: Question[], wanted: string | undefined): Step {
  const own = stepsOf(asked);
  if (session?.job) return 'result';
  let best: Step = 'file';
  for (const step of own) {
    if (hindrance(session, step)) break;
    best = step;
    if (step === wanted) break;
  }
  return best;
}

export function stepBeside(asked: Question[], step: Step, by: -1 | 1): Step | undefined {
  const own = stepsOf(asked);
  return own[own.indexOf(step) + by];
}

/** Questions stay on their page after they are answered, so that an answer can be changed. */
export function withQuestions(asked: Question[], session: Session): Question[] {
  const known = asked.filter(
    (q) =>
      !session.questions.some((n) => n.column === q.column) &&
      session.mapping.some((m) => m.column === q.column && m.field === q.field),
  );
  return [...known, ...session.questions].sort(
    (a, b) => place(session, a.column) - place(session, b.column) || a.column.localeCompare(b.column),
  );
}

const place = (session: Session, column: string) => session.mapping.findIndex((m) => m.column === column);

/** How sure a guess is, in words. */
export function confidence({ field, confidence: score }: Mapped): 'none' | 'sure' | 'likely' | 'unsure' {
  if (!field) return 'none';
  return score >= 0.95 ? 'sure' : score >= 0.8 ? 'likely' : 'unsure';
}

/**
 * The mapping to send when one column is given another target: what was chosen before stays, what was guessed stays
 * a guess, and a field that two columns would fill goes to the one chosen last.
 */
export function remap(mapping: Mapped[], column: string, kind: string, field: string): NonNullable<Options['mapping']> {
  const changed = mapping.map((m) => {
    if (m.column === column) return { column, kind, field, confidence: 1 };
    const taken = field !== '' && m.kind === kind && m.field === field;
    return taken ? { ...m, kind: '', field: '', confidence: 0 } : m;
  });
  return changed
    .filter((m) => m.column === column || m.field === '' || m.confidence === 1)
    .map((m) => ({ column: m.column, kind: m.field ? m.kind : '', field: m.field, confidence: m.confidence }));
}

/** The samples of one column that say something. */
export function samplesOf(session: Session, column: string, most = 3): string[] {
  const at = place(session, column);
  const cells = session.samples.map((s) => s.cells[at] ?? '').filter((cell) => cell.trim() !== '');
  return [...new Set(cells)].slice(0, most);
}

export const actions: Action[] = ['created', 'updated', 'unchanged', 'skipped', 'failed'];
