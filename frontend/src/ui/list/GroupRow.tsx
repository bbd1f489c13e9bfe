import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { ChevronRightIcon } from '../icons';
import styles from './DataTable.module.css';
import { sumText } from './sums';
import type { Column } from './table';
import type { Head } from './useGroupedRows';

type Props = {
  gridId: string;
  head: Head;
  text: string;
  top: number;
  columns: Column[];
  widths: Record<string, number>;
  active: boolean;
  compact?: boolean;
  /** Stands over the rows of its group while they are scrolled; the one in the table is the one that is read out. */
  stuck?: boolean;
};

/** About what a digit and the sides of a cell take, in pixels. */
const digit = 7.5;
const padding = 22;

/** The head of a group: its value, how many there are, and what its columns come to. */
export function GroupRow({ gridId, head, text, top, columns, widths, active, compact, stuck }: Props) {
  const { t } = useTranslation();
  const { group, line, open } = head;
  const count = number(group.count);
  return (
    // biome-ignore lint/a11y/useSemanticElements: only the seen rows exist, so it cannot be a table row
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div
      role="row"
      className={styles.groupRow}
      style={stuck ? undefined : { transform: `translateY(${top}px)` }}
      aria-rowindex={line + 2}
      aria-level={1}
      aria-expanded={open}
      data-row={line}
      data-head
      data-active={active || undefined}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see the row above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
      <div
        role="gridcell"
        id={stuck ? undefined : `${gridId}-${line}-0`}
        className={styles.groupName}
        style={compact ? undefined : { width: `calc(40px + var(--w-${columns[0]?.key}))` }}
        aria-colindex={1}
        title={text}
      >
        <ChevronRightIcon size={15} className={styles.groupFold} data-open={open || undefined} />
        <strong>{text}</strong>
        <span>{t('view:page.group.count', { count: group.count, number: count })}</span>
      </div>
      {!compact &&
        columns.slice(1).map((column) => {
          const sums = (group.sums ?? []).filter((sum) => sum.field === column.key).map(sumText);
          const all = sums.join(' · ');
          // A narrow column has room for the first currency: of a sum that is cut nobody knows that it is.
          const fits = all.length * digit + padding <= (widths[column.key] ?? column.width);
          const rest = fits ? 0 : Math.max(0, sums.length - 1);
          return (
            // biome-ignore lint/a11y/useSemanticElements: see the row above
            // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
            <div
              key={column.key}
              role="gridcell"
              className={styles.cell}
              style={{ width: `var(--w-${column.key})` }}
              data-right={column.right || undefined}
              title={all ? t('view:page.group.sum', { field: column.label, sum: all }) : undefined}
            >
              {all && <span className={styles.text}>{rest > 0 ? sums[0] : all}</span>}
              {rest > 0 && <small className={styles.rest}>+{rest}</small>}
            </div>
          );
        })}
    </div>
  );
}
