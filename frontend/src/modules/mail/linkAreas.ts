import { linkNumber, linkSelector } from './paper';

export type Box = { x: number; y: number; width: number; height: number };
/** Where a link of a mail lies, in the frame's own coordinates: a box for each line it runs over. */
export type LinkArea = { number: number; text: string; boxes: Box[] };

/** A mail may hold any number of links, of any length; beyond this many, or lines, the rest is only text. */
const most = 2000;
const mostLines = 200;

export function linkAreas(page: Document): LinkArea[] {
  const areas: LinkArea[] = [];
  for (const anchor of [...page.querySelectorAll(linkSelector)].slice(0, most)) {
    const range = page.createRange();
    range.selectNodeContents(anchor);
    const boxes = [...range.getClientRects()]
      .slice(0, mostLines)
      .filter((box) => box.width > 1 && box.height > 1)
      .map(({ x, y, width, height }) => ({ x, y, width, height }));
    const pictures = [...anchor.querySelectorAll('img')].map((img) => img.alt);
    const text = [anchor.textContent ?? '', ...pictures].join(' ').replace(/\s+/g, ' ').trim();
    if (boxes.length > 0) areas.push({ number: linkNumber(anchor), text, boxes: within(boxes) });
  }
  return areas;
}

/** Boxes that lie in another one (a word in bold within its line, a picture in its cell) are left out. */
function within(boxes: Box[]): Box[] {
  const holds = (a: Box, b: Box) =>
    a.x <= b.x && a.y <= b.y && a.x + a.width >= b.x + b.width && a.y + a.height >= b.y + b.height;
  return boxes.filter(
    (box, i) => !boxes.some((other, j) => i !== j && holds(other, box) && (j < i || !holds(box, other))),
  );
}
