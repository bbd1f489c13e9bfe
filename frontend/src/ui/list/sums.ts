import type { components } from '@/api/schema';
import type { Field, Kind } from '@/api/types';
import { money, number } from '@/lib/format';

export type Sum = components['schemas']['RecordSum'];

/** Amounts and quantities add up; prices of one unit and rates, which have many digits, say nothing in sum. */
const addsUp = (field: Field) =>
  field.type === 'money' || (field.type === 'number' && !field.currency && (field.digits ?? 0) < 4);

/** The shown columns that add up, as the API wants them. */
export const sumFields = (kind: Kind, columns: string[]): string =>
  kind.fields
    .filter((f) => columns.includes(f.key) && addsUp(f))
    .map((f) => f.key)
    .join();

export const sumText = (sum: Sum) => (sum.currency ? money(sum.sum, sum.currency) : number(sum.sum));
