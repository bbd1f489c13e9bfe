import { describe, expect, it } from 'vitest';
import type { Mapped, Question, Session } from './requests';
import { confidence, hindrance, reachable, remap, samplesOf, stepBeside, stepsOf, withQuestions } from './wizard';

const mapped = (column: string, field: string, score = 0.9): Mapped => ({
  column,
  kind: field ? 'company' : '',
  field,
  confidence: field ? score : 0,
});
const question: Question = { column: 'Since', field: 'customerSince', readings: ['dmy', 'mdy'], evidence: [] };
const session = (more: Partial<Session> = {}): Session => ({
  id: 'x',
  file: 'fair.xlsx',
  format: 'xlsx',
  sheets: [],
  sheet: 'A',
  header: 1,
  rows: 2,
  kind: 'company',
  onMatch: 'update',
  match: ['id', 'number', 'email'],
  mapping: [mapped('Firma', 'name', 1), mapped('Ort', 'city'), mapped('Since', 'customerSince'), mapped('X', '')],
  samples: [
    { row: 2, cells: ['Falcon', 'Leeds', '03.04.2026', ''] },
    { row: 3, cells: ['Zenith', 'Leeds', '', 'y'] },
  ],
  questions: [],
  ...more,
});

describe('steps', () => {
  it('shows questions only where there are some', () => {
    expect(stepsOf([])).not.toContain('questions');
    expect(stepsOf([question])).toContain('questions');
    expect(stepBeside([], 'columns', 1)).toBe('match');
    expect(stepBeside([question], 'columns', 1)).toBe('questions');
    expect(stepBeside([], 'file', -1)).toBeUndefined();
  });

  it('goes no further than it can', () => {
    expect(reachable(undefined, [], 'check')).toBe('file');
    expect(reachable(session(), [], 'check')).toBe('check');
    expect(reachable(session(), [], 'columns')).toBe('columns');
    expect(reachable(session({ questions: [question] }), [question], 'check')).toBe('match');
    expect(reachable(session({ mapping: [mapped('X', '')] }), [], 'check')).toBe('columns');
    expect(reachable(session({ job: { done: 1, total: 2, over: false } }), [], 'sheet')).toBe('result');
  });

  it('says what is in the way', () => {
    expect(hindrance(undefined, 'sheet')).toBe('noFile');
    expect(hindrance(session({ mapping: [mapped('X', '')] }), 'match')).toBe('noColumns');
    expect(hindrance(session({ questions: [question] }), 'check')).toBe('openQuestions');
    expect(hindrance(session(), 'result')).toBe('notStarted');
    expect(hindrance(session({ job: { done: 2, total: 2, over: true } }), 'columns')).toBe('started');
  });
});

describe('questions', () => {
  it('keeps answered ones while their column fills the same field', () => {
    expect(withQuestions([question], session())).toEqual([question]);
    expect(withQuestions([question], session({ mapping: [mapped('Since', '')] }))).toEqual([]);
    expect(withQuestions([question], session({ questions: [question] }))).toEqual([question]);
  });
});

describe('mapping', () => {
  it('keeps what was chosen and leaves guesses to be guessed', () => {
    expect(remap(session().mapping, 'X', 'company', 'vat').map((m) => [m.column, m.field])).toEqual([
      ['Firma', 'name'],
      ['X', 'vat'],
    ]);
  });

  it('gives a field to the column chosen last', () => {
    expect(remap(session().mapping, 'X', 'company', 'name').map((m) => [m.column, m.field])).toEqual([
      ['Firma', ''],
      ['X', 'name'],
    ]);
  });

  it('leaves a column out', () => {
    expect(remap(session().mapping, 'Ort', '', '').map((m) => [m.column, m.field])).toEqual([
      ['Firma', 'name'],
      ['Ort', ''],
      ['X', ''],
    ]);
  });

  it('tells how sure it is and shows what stands in a column', () => {
    expect([1, 0.85, 0.5].map((score) => confidence(mapped('a', 'name', score)))).toEqual(['sure', 'likely', 'unsure']);
    expect(confidence(mapped('a', ''))).toBe('none');
    expect(samplesOf(session(), 'Ort')).toEqual(['Leeds']);
    expect(samplesOf(session(), 'X')).toEqual(['y']);
  });
});
