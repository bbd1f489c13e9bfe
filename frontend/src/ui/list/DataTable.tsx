import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Links, Row } from '@/api/types';
import { rangeOf } from '@/lib/window';
import styles from './DataTable.module.css';
import { TableHead } from './TableHead';
import { TableRow } from './TableRow';
import type { Column, Spot } from './table';
import { tableKeys } from './tableKeys';
import type { Picked } from './useSelection';

export type DataTableProps = {
  id: string;
  label: string;
  columns: Column[];
  total: number;
  at: (index: number) => Row | undefined;
  links: Links;
  onShow: (first: number, last: number) => void;
  sorts: { key: string; down: boolean }[];
  onSort: (key: string, add: boolean) => void;
  widths: Record<string, number>;
  onWidth: (key: string, width: number | null) => void;
  selected: Picked;
  onSelect: (ids: string[], on: boolean) => void;
  onSelectAll: () => void;
  onSelectNone?: () => void;
  spot: Spot;
  onSpot: (spot: Spot) => void;
  openId?: string;
  onOpen: (row: Row, way: 'panel' | 'page') => void;
  onClose: () => void;
  onEdit: (spot: Spot, typed?: string) => void;
  compact?: boolean;
  editor?: ReactNode;
};

/** Rows of the same height, so that a jump of the scroll bar needs no measuring. */
const heights = { wide: 37, compact: 54 };

/**
 * The one table of every list. Cells only display; the body has one handler for each event; hover and focus are
 * CSS. The grid itself has the focus and names its active cell.
 */
export function DataTable(props: DataTableProps) {
  const { columns, total, at, links, widths, spot, compact } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const rowHeight = compact ? heights.compact : heights.wide;
  const headHeight = compact ? 0 : 34;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: headHeight,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  const { onShow } = props;
  useEffect(() => onShow(first, last), [onShow, first, last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height lays everything out anew
  useEffect(() => virtual.measure(), [rowHeight]);
  const scrollTo = useRef(virtual.scrollToIndex);
  scrollTo.current = virtual.scrollToIndex;
  // A row to come back to may lie beyond what is counted so far: it is scrolled to once it is there.
  const reachable = spot.row < total;
  useEffect(() => {
    if (reachable) scrollTo.current(spot.row, { align: 'auto' });
  }, [spot.row, reachable]);
  useEffect(() => {
    document
      .getElementById(`${props.id}-${spot.row}-${spot.col}`)
      ?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [props.id, spot.row, spot.col]);

  const select = (row: number, range: boolean) => {
    const rows = range ? rangeOf(anchor.current, row) : [row];
    const ids = rows.map((r) => at(r)?.id).filter((id) => id !== undefined);
    const own = at(row);
    if (!own) return;
    props.onSelect(ids, range || !props.selected.has(own.id));
    if (!range) anchor.current = row;
  };

  const spotOf = (target: EventTarget): Spot | undefined => {
    const cell = (target as Element).closest<HTMLElement>('[data-row]');
    if (!cell) return undefined;
    const col = (target as Element).closest<HTMLElement>('[data-col]')?.dataset.col;
    return { row: Number(cell.dataset.row), col: col === undefined ? spot.col : Number(col) };
  };

  const onClick = (event: React.MouseEvent) => {
    const hit = spotOf(event.target);
    const row = hit && at(hit.row);
    if (!hit || !row || (event.target as Element).closest('[data-editor]')) return;
    if ((event.target as Element).closest('[data-check]') || event.shiftKey || event.ctrlKey || event.metaKey) {
      props.onSpot(hit);
      select(hit.row, event.shiftKey);
      return;
    }
    anchor.current = hit.row;
    props.onSpot(hit);
    props.onOpen(row, compact ? 'page' : 'panel');
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    tableKeys(event, { ...props, pageRows: Math.floor((scroll.current?.clientHeight ?? 400) / rowHeight) - 1, select });
  };

  const style: Record<string, string> = { '--row': `${rowHeight}px` };
  for (const c of columns) style[`--w-${c.key}`] = `${widths[c.key] ?? c.width}px`;

  return (
    // biome-ignore lint/a11y/useSemanticElements: only the seen rows exist, so it cannot be a table element
    <div
      ref={scroll}
      id={props.id}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={at(spot.row) ? `${props.id}-${spot.row}-${spot.col}` : undefined}
      className={clsx(styles.grid, compact && styles.compact)}
      style={style}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const hit = spotOf(event.target);
        if (hit && !compact && !(event.target as Element).closest('[data-check],[data-editor]')) props.onEdit(hit);
      }}
      onAuxClick={(event) => {
        const row = at(spotOf(event.target)?.row ?? -1);
        if (event.button === 1 && row) props.onOpen(row, 'page');
      }}
      onMouseDown={(event) => {
        // A middle button would start to scroll; Shift would select text.
        if (event.button === 1 || event.shiftKey) event.preventDefault();
      }}
    >
      <TableHead {...props} />
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid above */}
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <TableRow
            key={item.index}
            gridId={props.id}
            index={item.index}
            top={item.start}
            row={at(item.index)}
            columns={columns}
            links={links}
            selected={props.selected.has(at(item.index)?.id ?? '')}
            open={props.openId !== undefined && at(item.index)?.id === props.openId}
            activeCol={item.index === spot.row ? spot.col : -1}
            compact={compact}
          />
        ))}
        {props.editor}
      </div>
    </div>
  );
}
