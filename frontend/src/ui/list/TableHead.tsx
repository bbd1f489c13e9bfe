import { useTranslation } from 'react-i18next';
import { clamp } from '@/lib/window';
import { DownIcon, UpIcon } from '../icons';
import type { DataTableProps } from './DataTable';
import styles from './DataTable.module.css';

/** Column heads: a click sorts, the grip at the edge resizes, a double click on it resets the width. */
export function TableHead({
  id,
  columns,
  sorts,
  onSort,
  onWidth,
  selected,
  onSelectAll,
  total,
  compact,
}: DataTableProps) {
  const { t } = useTranslation();
  if (compact) return null;
  const some = selected.size > 0;

  const drag = (event: React.PointerEvent<HTMLElement>, key: string) => {
    event.preventDefault();
    const grip = event.currentTarget;
    const grid = document.getElementById(id);
    const start = event.clientX;
    const width = grip.parentElement?.getBoundingClientRect().width ?? 120;
    const sign = getComputedStyle(grip).direction === 'rtl' ? -1 : 1;
    let next = width;
    grip.setPointerCapture(event.pointerId);
    // Only the variable is written while dragging: drawing the rows anew would cost 200 ms a move.
    const move = (e: PointerEvent) => {
      next = clamp(Math.round(width + sign * (e.clientX - start)), 60, 900);
      grid?.style.setProperty(`--w-${key}`, `${next}px`);
    };
    const done = () => {
      grip.removeEventListener('pointermove', move);
      if (next !== width) onWidth(key, next);
    };
    grip.addEventListener('pointermove', move);
    grip.addEventListener('pointerup', done, { once: true });
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual table is built of plain elements
    <div role="rowgroup" className={styles.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
      <div role="row" className={styles.headRow} aria-rowindex={1}>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
        <div role="columnheader" className={styles.check} aria-colindex={1}>
          <button
            type="button"
            className={styles.box}
            data-on={some || undefined}
            aria-label={some ? t('list.selectNone') : t('list.selectAll')}
            aria-pressed={some}
            onClick={onSelectAll}
            disabled={total === 0}
          />
        </div>
        {columns.map((column, i) => {
          const at = sorts.findIndex((s) => s.key === column.key);
          const sort = sorts[at];
          const direction = sort ? (sort.down ? 'descending' : 'ascending') : undefined;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
            <div
              key={column.key}
              role="columnheader"
              className={styles.headCell}
              style={{ width: `var(--w-${column.key})` }}
              aria-colindex={i + 2}
              aria-sort={column.sortable ? (direction ?? 'none') : undefined}
              data-right={column.right || undefined}
              data-title={column.title || undefined}
            >
              {column.sortable ? (
                <button type="button" title={t('list.sortHint')} onClick={(e) => onSort(column.key, e.shiftKey)}>
                  <span>{column.label}</span>
                  {sort && (sort.down ? <DownIcon size={13} /> : <UpIcon size={13} />)}
                  {sort && sorts.length > 1 && <sup>{at + 1}</sup>}
                </button>
              ) : (
                <span className={styles.headText}>{column.label}</span>
              )}
              <span
                className={styles.grip}
                aria-hidden="true"
                onPointerDown={(e) => drag(e, column.key)}
                onDoubleClick={() => {
                  document.getElementById(id)?.style.setProperty(`--w-${column.key}`, `${column.width}px`);
                  onWidth(column.key, null);
                }}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
