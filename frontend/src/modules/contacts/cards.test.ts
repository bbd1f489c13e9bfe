import { describe, expect, it } from 'vitest';
import { isCard, isSignature } from './cards';

describe('what somebody pastes', () => {
  it.each([
    ['Dr. Ada Berg\nHead of Purchasing\nNordlicht Keramik GmbH\nada.berg@nordlicht.example', true],
    ['Quayside Wines Ltd\n1 Quay Street\n+44 113 4960000', true],
    ['Atelier Bertin\nRue Haute 3\n1000 Bruxelles', true],
    ['ada@falcon.example', false],
    ['We met on Monday\nand talked about nothing in particular', false],
    ['name\tmail\nAda\tada@falcon.example', false],
    ['a@b.example\nc@d.example\ne@f.example\ng@h.example', false],
    [`Dear all,\n${'a long sentence of a letter '.repeat(9)}\nada@falcon.example`, false],
    ['', false],
  ])('%j', (text, signature) => expect(isSignature(text)).toBe(signature));

  it('knows business cards by their first line', () => {
    expect(isCard('\nBEGIN:VCARD\r\nVERSION:4.0\r\n')).toBe(true);
    expect(isCard('This begins with BEGIN:VCARD, she said')).toBe(false);
  });
});
