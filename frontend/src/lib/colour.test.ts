import { expect, it } from 'vitest';
import { initials, toneOf } from './colour';

it.each([
  ['Summit Interiors Ltd', 'SI'],
  ['Cobalt Energy S.p.A.', 'CE'],
  ['Elena Rossi', 'ER'],
  ['Łódź', 'Ł'],
  ['GmbH', 'G'],
  ['', '?'],
])('%s has the initials %s', (name, letters) => expect(initials(name)).toBe(letters));

it('keeps the colour of an id', () => expect(toneOf('0CN1YRX2WCRK2')).toBe(toneOf('0CN1YRX2WCRK2')));
