import i18next from 'i18next';
import type { Batch, Kind } from '@/api/types';
import { number } from '@/lib/format';
import { hiddenKind, inSentence, kindMany, kindOne } from '@/lib/words';

/** "created 1,204 companies, changed 3 people": what a batch did, in words. */
export function batchText(batch: Pick<Batch, 'parts'>, kinds: Kind[]): string {
  return batch.parts
    .map(({ kind: name, op, count }) => {
      const kind = kinds.find((k) => k.name === name) ?? hiddenKind(name);
      const names = inSentence(count === 1 ? kindOne(kind) : kindMany(kind));
      return i18next.t(`history:part.${op}`, { number: number(count), names });
    })
    .join(', ');
}
