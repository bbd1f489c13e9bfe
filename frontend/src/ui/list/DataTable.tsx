import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Links, Row } from '@/api/types';
import { rangeOf } from '@/lib/window';
import styles from './DataTable.module.css';
import { GroupRow } from './GroupRow';
import { TableHead } from './TableHead';
import { TableRow } from './TableRow';
import type { Column, Spot } from './table';
import { tableKeys } from './tableKeys';
import type { Head } from './useGroupedRows';
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
  groups?: TableGroups;
};

/** A grouped table has heads among its lines, which fold and unfold the rows below them. */
export type TableGroups = {
  head: (line: number) => Head | undefined;
  headOver: (line: number) => Head | undefined;
  toggle: (line: number) => void;
  text: (head: Head) => string;
};

/** Rows between two pictures that make a jump, and the milliseconds in which another one is still the same movement. */
const jump = 200;
const calm = 50;

/** Rows of the same height, so that a jump of the scroll bar needs no measuring. */
const heights = { wide: 37, compact: 54 };

/**
 * The one table of every list. Cells only display; the body has one handler for each event; hover and focus are
 * CSS. The grid itself has the focus and names its active cell.
 */
export function DataTable(props: DataTableProps) {
  const { columns, total, at, links, widths, spot, compact, groups } = props;
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
  // Over the rows of a group stands its head, while its own place is out of sight.
  const top = groups && virtual.range ? virtual.range.startIndex : -1;
  const over = groups && top > 0 ? groups.headOver(top) : undefined;
  const stuck = over && over.line < top ? over : undefined;
  const { onShow } = props;
  // Whoever drags the scroll bar jumps with every frame: rows are asked for at once, and then only where it rests.
  const asked = useRef({ first: 0, at: 0 });
  useEffect(() => {
    const ask = () => {
      asked.current = { first, at: performance.now() };
      onShow(first, last);
    };
    const { first: before, at } = asked.current;
    if (Math.abs(first - before) < jump || performance.now() - at > calm) return ask();
    const timer = setTimeout(ask, calm);
    return () => clearTimeout(timer);
  }, [onShow, first, last]);
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
    if (hit && groups?.head(hit.row)) {
      props.onSpot({ row: hit.row, col: 0 });
      groups.toggle(hit.row);
      return;
    }
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
    // biome-ignore lint/a11y/noStaticElementInteractions: it is a grid, or a treegrid where rows stand in groups
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: see above
    <div
      ref={scroll}
      id={props.id}
      role={groups ? 'treegrid' : 'grid'}
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={
        at(spot.row)
          ? `${props.id}-${spot.row}-${spot.col}`
          : groups?.head(spot.row)
            ? `${props.id}-${spot.row}-0`
            : undefined
      }
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
      {stuck && (
        <div className={styles.stuck} aria-hidden="true" data-compact={compact || undefined}>
          <GroupRow
            gridId={props.id}
            head={stuck}
            text={groups?.text(stuck) ?? ''}
            top={0}
            columns={columns}
            widths={widths}
            active={false}
            compact={compact}
            stuck
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: see the grid above */}
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const head = groups?.head(item.index);
          if (head)
            return (
              <GroupRow
                key={item.index}
                gridId={props.id}
                head={head}
                text={groups?.text(head) ?? ''}
                top={item.start}
                columns={columns}
                widths={widths}
                active={item.index === spot.row}
                compact={compact}
              />
            );
          return (
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
              level={groups ? 2 : undefined}
            />
          );
        })}
        {props.editor}
      </div>
    </div>
  );
}
