import type { TFunction } from 'i18next';
import { mostBytes } from '@/api/given';
import { sizeText } from './size';

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
