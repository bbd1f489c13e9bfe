import type { KeyboardEvent } from 'react';
import { clamp } from '@/lib/window';
import type { DataTableProps } from './DataTable';
import type { Spot } from './table';

type Context = DataTableProps & { pageRows: number; select: (row: number, range: boolean) => void };

/** The keys of a grid. What is not handled here goes on to the program's shortcuts. */
export function tableKeys(event: KeyboardEvent, table: Context): void {
  const { spot, total, columns, at } = table;
  const row = at(spot.row);
  const { groups } = table;
  const head = groups?.head(spot.row);
  const mod = event.ctrlKey || event.metaKey;
  const go = (next: Partial<Spot>) => {
    table.onSpot({
      row: clamp(next.row ?? spot.row, 0, Math.max(0, total - 1)),
      col: clamp(next.col ?? spot.col, 0, columns.length - 1),
    });
  };
  const over = !head && spot.col === 0 ? groups?.headOver(spot.row) : undefined;
  const actions: Record<string, (() => unknown) | undefined> = {
    ArrowDown: () => go({ row: spot.row + 1 }),
    ArrowUp: () => go({ row: spot.row - 1 }),
    ArrowRight: () => (head ? !head.open && groups?.toggle(spot.row) : go({ col: spot.col + 1 })),
    // From the first column Left leads to the head of the group, and there it folds it.
    ArrowLeft: () =>
      head ? head.open && groups?.toggle(spot.row) : over ? go({ row: over.line }) : go({ col: spot.col - 1 }),
    PageDown: () => go({ row: spot.row + table.pageRows }),
    PageUp: () => go({ row: spot.row - table.pageRows }),
    Home: () => go(mod ? { row: 0, col: 0 } : { row: 0 }),
    End: () => go(mod ? { row: total - 1, col: columns.length - 1 } : { row: total - 1 }),
    Enter: head ? () => groups?.toggle(spot.row) : row && (() => table.onOpen(row, 'page')),
    ' ': head
      ? () => groups?.toggle(spot.row)
      : row && (() => (event.shiftKey ? table.select(spot.row, false) : table.onOpen(row, 'panel'))),
    F2: row && (() => table.onEdit(spot)),
    Escape: () => (table.selected.size > 0 ? table.onSelectNone?.() : table.onClose()),
    x: row && (() => table.select(spot.row, false)),
    X: row && (() => table.select(spot.row, true)),
  };
  if (mod && event.key.toLowerCase() === 'a') {
    event.preventDefault();
    table.onSelectAll();
    return;
  }
  if (mod && !['Home', 'End'].includes(event.key)) return;
  if (event.altKey) return;
  // A digit on a number or a date begins to replace it; letters are the program's shortcuts.
  const digit = /^[\d-]$/.test(event.key) && columns[spot.col]?.digits && row;
  const action = actions[event.key] ?? (digit ? () => table.onEdit(spot, event.key) : undefined);
  if (!action) return;
  event.preventDefault();
  if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    // Shift with an arrow selects as it goes.
    if (row && !table.selected.has(row.id)) table.select(spot.row, false);
    const next = at(spot.row + (event.key === 'ArrowDown' ? 1 : -1));
    if (next) table.onSelect([next.id], true);
  }
  action();
}
