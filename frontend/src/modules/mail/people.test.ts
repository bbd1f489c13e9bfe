import { describe, expect, it } from 'vitest';
import type { Row } from '@/api/types';
import { isProgram } from './files';
import { others, people, plain, short } from './people';
import { proposedServer } from './server';

const row = (values: object) => ({ id: '1', kind: 'mail', version: 1, label: '', ...values }) as Row;

describe('people', () => {
  it.each([
    ['Anna Berg <anna@a.example>, b@b.example', ['Anna Berg|anna@a.example', '|b@b.example']],
    ['Berg, Anna <anna@a.example>, Söhne & Co <c@c.example>', ['Berg, Anna|anna@a.example', 'Söhne & Co|c@c.example']],
    ['a@a.example, …', ['|a@a.example']],
    ['undisclosed recipients', ['undisclosed recipients|']],
    ['', []],
  ])('%s', (line, want) => {
    expect(people(line).map((p) => `${p.name}|${p.address}`)).toEqual(want);
  });

  it('does not let a name pose as an address, or turn the writing', () => {
    expect(short({ name: 'boss@bank.example', address: 'x@evil.example' })).toBe('x@evil.example');
    expect(plain('invoice\u202Efdp.exe')).toBe('invoicefdp.exe');
  });

  it('names the other side', () => {
    expect(others(row({ direction: 'in', fromName: 'Anna Berg', from: 'a@a.example' }))).toEqual({
      names: 'Anna Berg',
      more: 0,
    });
    expect(others(row({ direction: 'out', to: 'A <a@a.example>, b@b.example, c@c.example' }))).toEqual({
      names: 'A, b@b.example',
      more: 1,
    });
  });
});

it.each([
  ['offer.pdf', false],
  ['offer.pdf.exe', true],
  ['invoice\u202Efdp.exe', true],
  ['page.HTML', true],
  ['macro.docm. ', true],
  ['picture.png', false],
])('%s may run: %s', (name, want) => expect(isProgram(name)).toBe(want));

it.each([
  ['me@harbor.example', 'imap.harbor.example'],
  ['Me@GMX.de', 'imap.gmx.net'],
  ['me@', ''],
  ['me@localhost', ''],
])('proposes for %s: %s', (address, want) => expect(proposedServer(address)).toBe(want));
