import type { TFunction } from 'i18next';
import { mostBytes } from './requests';
import { sizeText } from './size';

/** What somebody dropped or pasted: files, and how many folders lay among them. */
export type Incoming = { files: File[]; folders: string[] };

/** Must be asked while the drop goes on: afterwards a browser gives nothing away. */
export function incoming(data: DataTransfer): Incoming {
  const folders: string[] = [];
  const files: File[] = [];
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry?.();
    if (entry?.isDirectory) {
      folders.push(entry.name);
      continue;
    }
    const file = item.getAsFile();
    if (file) files.push(file);
  }
  return { files, folders };
}

export const holdsFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false;

/** Why a file is not taken; nothing where it is. */
export function refused(file: { name: string; size: number }, t: TFunction): string | undefined {
  if (file.size === 0) return t('files:page.refused.empty', { name: file.name });
  if (file.size > mostBytes) {
    return t('files:page.refused.large', { name: file.name, size: sizeText(file.size), most: sizeText(mostBytes) });
  }
  return undefined;
}

/** A picture from the clipboard is called image.png, whichever it is: it gets the moment as its name. */
export function pastedName(file: { name: string }, word: string, now: Date): string {
  const generic = /^(image|blob|grafik)?(\.\w+)?$/i.exec(file.name);
  if (!generic) return file.name;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const clock = `${two(now.getHours())}.${two(now.getMinutes())}.${two(now.getSeconds())}`;
  return `${word} ${day} ${clock}${generic[2] ?? '.png'}`;
}
