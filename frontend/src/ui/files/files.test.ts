import { describe, expect, it } from 'vitest';
import type { Row } from '@/api/types';
import { pastedName } from './incoming';
import { decoded, shownAs } from './shown';
import { byName, endingOf, sameName } from './versions';

const file = (id: string, name: string, edition?: string): Row => ({
  id,
  name,
  edition,
  kind: 'file',
  version: 1,
  label: name,
});

describe('versions', () => {
  it('gathers files of one name, the newest first', () => {
    const groups = byName([
      file('4', 'Plan.PDF', '3'),
      file('3', 'Offer.pdf'),
      file('2', 'plan.pdf', '2'),
      file('1', 'Plan.pdf'),
    ]);
    expect(groups.map((g) => [g.name, g.newest.id, g.all.map((f) => f.id).join()])).toEqual([
      ['Plan.PDF', '4', '4,2,1'],
      ['Offer.pdf', '3', '3'],
    ]);
  });

  it.each([
    ['Straße.txt', 'STRASSE.TXT', true],
    ['Café.txt', 'Cafe\u0301.TXT', true],
    ['a  b', 'a b', true],
    ['a.txt', 'a.txt2', false],
  ])('%s and %s', (a, b, same) => {
    expect(sameName(a, b)).toBe(same);
  });

  it.each([
    ['a.pdf', '.pdf'],
    ['a.tar.gz', '.gz'],
    ['README', ''],
    ['.gitignore', ''],
    ['Dr. Who', ''],
  ])('the ending of %s', (name, want) => {
    expect(endingOf(name)).toBe(want);
  });
});

describe('what is shown', () => {
  it.each([
    ['image/png', 10, 'picture'],
    ['image/svg+xml', 10, 'none'],
    ['application/pdf', 10, 'pdf'],
    ['text/html', 10, 'text'],
    ['text/plain', 5 << 20, 'none'],
    ['application/zip', 10, 'none'],
    ['', 0, 'none'],
  ])('%s of %d bytes', (type, size, want) => {
    expect(shownAs(type, size)).toBe(want);
  });

  it.each([
    [[0xff, 0xfe, 0xe4, 0x00], 'ä'],
    [[0xfe, 0xff, 0x00, 0xe4], 'ä'],
    [[0xc3, 0xa4], 'ä'],
    [[0xe4], 'ä'],
    [[0xef, 0xbb, 0xbf, 0x61], 'a'],
    [[], ''],
  ])('%j reads %s', (bytes, want) => {
    expect(decoded(new Uint8Array(bytes).buffer)).toBe(want);
  });
});

describe('a name for what was pasted', () => {
  const now = new Date(2026, 10, 2, 9, 5, 7);
  it.each([
    ['image.png', 'Picture 2026-11-02 09.05.07.png'],
    ['image.jpeg', 'Picture 2026-11-02 09.05.07.jpeg'],
    ['', 'Picture 2026-11-02 09.05.07.png'],
    ['Plan.pdf', 'Plan.pdf'],
    ['image of it.png', 'image of it.png'],
  ])('%j', (name, want) => {
    expect(pastedName({ name }, 'Picture', now)).toBe(want);
  });
});
