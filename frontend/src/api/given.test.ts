import { describe, expect, it } from 'vitest';
import { givenFile, givenOffers, mostBytes, read } from './given';

describe('given files', () => {
  it('are read when their turn comes', async () => {
    const file = givenFile(new File(['Hello'], 'a.txt'), 'b.txt');
    expect([file.name, file.size]).toEqual(['b.txt', 5]);
    const { name, bytes } = await read(file);
    expect([name, new TextDecoder().decode(bytes)]).toEqual(['b.txt', 'Hello']);
  });

  it('are not read when they are too large', async () => {
    const huge = { name: 'huge.bin', size: mostBytes + 1 } as File;
    await expect(givenFile(huge).bytes()).rejects.toMatchObject({ code: 'too_large' });
  });

  it('that cannot be read say so', async () => {
    const gone = {
      name: 'gone.txt',
      size: 1,
      arrayBuffer: () => Promise.reject(new Error('moved')),
    } as unknown as File;
    await expect(givenFile(gone).bytes()).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('of the window are told from folders', () => {
    const one = { token: 'A', name: 'a.txt', size: 1, folder: false };
    const all = givenOffers([one, { token: 'B', name: 'Plans', size: -1, folder: true }]);
    expect(all.folders).toEqual(['Plans']);
    expect(all.files.map((f) => [f.name, f.size])).toEqual([['a.txt', 1]]);
    expect(givenOffers(null)).toEqual({ files: [], folders: [] });
  });
});
