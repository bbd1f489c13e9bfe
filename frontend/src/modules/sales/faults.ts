import { placeOf } from './grid';

export type Fault = { path: string; message: string };

/** Sentences by line and column, and by field of the head. */
export type SortedFaults = { cells: Record<string, Record<string, string>>; head: Record<string, string> };

/** Every fault goes where its field is edited; the first sentence for a place is enough. */
export function sortFaults(faults: Fault[], sent: string[]): SortedFaults {
  const sorted: SortedFaults = { cells: {}, head: {} };
  for (const { path, message } of faults) {
    const place = placeOf(path, sent);
    if ('field' in place) sorted.head[place.field] ??= message;
    else {
      const { line, column } = place.cell;
      sorted.cells[line] = { [column]: message, ...sorted.cells[line] };
    }
  }
  return sorted;
}
