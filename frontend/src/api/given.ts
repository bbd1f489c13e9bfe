import { ApiError, callBytes } from './client';

/** The most a page reads of one file, all of which it holds at once: the program's own bound, see app/record/files. */
export const mostBytes = 200 << 20;

/** A file that somebody chose, dropped or pasted. Its size is -1 where it is not known; its bytes are read when their turn comes. */
export type GivenFile = { name: string; size: number; bytes: () => Promise<ArrayBuffer> };

/** What somebody gave: files, and the names of folders that lay among them. */
export type Given = { files: GivenFile[]; folders: string[] };

/** A file that has been read. */
export type PickedFile = { name: string; bytes: ArrayBuffer };

export const read = async (file: GivenFile): Promise<PickedFile> => ({ name: file.name, bytes: await file.bytes() });

/** A file of the browser, or of a webview that hands them over. */
export const givenFile = (file: File, name = file.name): GivenFile => ({
  name,
  size: file.size,
  bytes: async () => {
    if (file.size > mostBytes) throw new ApiError({ code: 'too_large', detail: '' });
    return file.arrayBuffer().catch(() => {
      throw new ApiError({ code: 'unreadable', detail: '' }); // moved or locked since it was given
    });
  },
});

/** Must be asked while the drop goes on: afterwards a browser gives nothing away. */
export function givenData(data: DataTransfer): Given {
  const given: Given = { files: [], folders: [] };
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry?.();
    const file = item.getAsFile();
    if (entry?.isDirectory) given.folders.push(entry.name);
    else if (file) given.files.push(givenFile(file));
  }
  return given;
}

/** A file as the window's program offers it, which knows its path: the page reads it by a token. */
export type Offered = { token: string; name: string; size: number; folder: boolean };

/** Large files take their time, also on the way from the same computer. */
const patience = 600_000;

export const givenOffers = (all: Offered[] | null): Given => ({
  folders: (all ?? []).filter((f) => f.folder).map((f) => f.name),
  files: (all ?? [])
    .filter((f) => !f.folder)
    .map(({ token, name, size }) => ({
      name,
      size,
      bytes: () => callBytes(`/window/files/${token}`, { timeout: patience }),
    })),
});
