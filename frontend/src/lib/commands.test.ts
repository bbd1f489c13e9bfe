import { describe, expect, it } from 'vitest';
import { type Command, caps, flatten, keyName, matches, step } from './commands';

const command = (id: string, shortcut?: string): Command => ({
  id,
  title: id,
  group: 'go',
  shortcut,
  run: () => undefined,
});
const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('keys', () => {
  it('names presses as shortcuts do', () => {
    expect(keyName(press('k', { ctrlKey: true }), false)).toBe('mod+k');
    expect(keyName(press('k', { metaKey: true }), true)).toBe('mod+k');
    expect(keyName(press('?', { shiftKey: true }), false)).toBe('?');
    expect(keyName(press('X', { shiftKey: true }), false)).toBe('shift+x');
    expect(keyName(press('Escape'), false)).toBe('escape');
  });

  it('waits for the second key of a pair', () => {
    const all = [command('companies', 'g c'), command('people', 'g p'), command('create', 'c')];
    const first = step('', 'g', all);
    expect(first).toEqual({ pending: 'g' });
    expect(step('g', 'p', all).run?.id).toBe('people');
    expect(step('', 'c', all).run?.id).toBe('create');
    expect(step('g', 'c', all).run?.id).toBe('companies');
    expect(step('g', 'z', all)).toEqual({ pending: '' });
  });

  it('lets a page replace a command of the shell', () => {
    const [one] = flatten([[command('create', 'c')], [command('create', 'n')]]);
    expect(one?.shortcut).toBe('n');
    const both = flatten([[command('company', 'c'), command('person')], [command('person', 'c')]]);
    expect(both.map((c) => [c.id, c.shortcut])).toEqual([
      ['company', undefined],
      ['person', 'c'],
    ]);
  });

  it('shows caps', () => {
    expect(caps('mod+enter', false)).toEqual(['Ctrl', 'Enter']);
    expect(caps('g c', false)).toEqual(['G', 'C']);
  });

  it('matches beginnings of words in any order', () => {
    expect(matches('New company', 'comp new')).toBe(true);
    expect(matches('New company', 'ompany')).toBe(false);
  });
});
