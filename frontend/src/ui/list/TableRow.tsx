import { memo } from 'react';
import type { Links, Row } from '@/api/types';
import { titleOf } from '@/lib/words';
import { RecordMark } from '../RecordMark';
import styles from './DataTable.module.css';
import type { Column } from './table';

type Props = {
  gridId: string;
  index: number;
  top: number;
  row: Row | undefined;
  columns: Column[];
  links: Links;
  selected: boolean;
  open: boolean;
  activeCol: number;
  compact?: boolean;
  /** In a grouped table, below the heads. */
  level?: number;
};

/** One row. It is drawn anew only when its record, its place or its marks change. */
export const TableRow = memo(function TableRow(props: Props) {
  const { gridId, index, top, row, columns, links, selected, open, activeCol, compact, level } = props;
  const shown = compact ? columns.slice(0, 1) : columns;
  return (
    // biome-ignore lint/a11y/useSemanticElements: only the seen rows exist, so it cannot be a table row
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div
      role="row"
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-level={level}
      data-row={index}
      data-open={open || undefined}
      data-active={activeCol >= 0 || undefined}
      data-id={row?.id}
    >
      {!compact && (
        // biome-ignore lint/a11y/useSemanticElements: see the row above
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
        <div role="gridcell" className={styles.check} data-check aria-colindex={1}>
          <span className={styles.box} data-on={selected || undefined} aria-hidden="true" />
        </div>
      )}
      {shown.map((column, i) => (
        // biome-ignore lint/a11y/useSemanticElements: see the row above
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
        <div
          key={column.key}
          id={`${gridId}-${index}-${i}`}
          role="gridcell"
          className={styles.cell}
          style={compact ? undefined : { width: `var(--w-${column.key})` }}
          aria-colindex={i + 2}
          data-col={i}
          data-right={column.right || undefined}
          data-title={column.title || undefined}
          data-on={activeCol === i || undefined}
        >
          {row === undefined ? (
            <span className={styles.bone} style={{ width: `${38 + ((index * 37 + i * 53) % 45)}%` }} />
          ) : column.title ? (
            <>
              <RecordMark kind={row.kind} id={row.id} name={titleOf(row)} size={compact ? 32 : 22} />
              <span className={styles.name}>
                <span>{column.cell(row, links) || titleOf(row)}</span>
                {compact && <small>{secondLine(row, columns, links)}</small>}
              </span>
            </>
          ) : (
            column.cell(row, links)
          )}
        </div>
      ))}
    </div>
  );
});

/** On a narrow page a row says its next two columns below the name. */
function secondLine(row: Row, columns: Column[], links: Links): string {
  return columns
    .slice(1)
    .map((c) => c.text(row, links))
    .filter(Boolean)
    .slice(0, 2)
    .join(' · ');
}
