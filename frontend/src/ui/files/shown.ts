/** How Kontor shows a file by itself; what it cannot show is saved and opened elsewhere. */
export type Shown = 'picture' | 'pdf' | 'text' | 'none';

const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const texts = ['application/json', 'application/xml', 'application/yaml', 'application/x-yaml', 'application/sql'];

/** More text than this is for an editor. */
export const mostText = 2 << 20;

export function shownAs(type: string, size: number): Shown {
  if (pictures.includes(type)) return 'picture';
  if (type === 'application/pdf') return 'pdf';
  if ((type.startsWith('text/') || texts.includes(type)) && size <= mostText) return 'text';
  return 'none';
}

/** Text as it was meant: by its mark at the start, else as UTF-8, and what is none in the old way of Windows. */
export function decoded(bytes: ArrayBuffer): string {
  const [a, b] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
