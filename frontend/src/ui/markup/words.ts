import { type Block, blocksOf } from './blocks';
import { wordsOf } from './inline';

/** The words of a text without its marks, line by line: for places that have no room for more. */
export const plainOf = (text: string): string => blocksOf(text).flatMap(linesOf).join('\n');

function linesOf(b: Block): string[] {
  switch (b.kind) {
    case 'text':
      return b.lines.map(wordsOf);
    case 'heading':
      return [wordsOf(b.inner)];
    case 'quote':
      return b.blocks.flatMap(linesOf);
    case 'code':
      return b.text.split('\n');
    case 'list':
      return b.items.flatMap((i) => [
        [i.mark, wordsOf(i.inner)].filter(Boolean).join(' '),
        ...i.blocks.flatMap(linesOf),
      ]);
  }
}
