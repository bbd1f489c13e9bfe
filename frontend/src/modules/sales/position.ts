import type { Line } from './document';

/** The numbers that the lines have on the paper: titles count sections, items within them. */
export function positions(lines: Line[]): string[] {
  let section = 0;
  let item = 0;
  return lines.map(({ kind }) => {
    if (kind === 'title') {
      section += 1;
      item = 0;
      return String(section);
    }
    if (kind !== 'item') return '';
    item += 1;
    return section > 0 ? `${section}.${item}` : String(item);
  });
}
