import { useSession } from '@/api/house';
import type { Field, Kind, Links, Row, Value } from '@/api/types';
import { currencyOf } from '../fields/fieldText';
import { useSave } from '../record/useSave';
import { CellEditor } from './CellEditor';
import type { Column, Spot } from './table';

export type Editing = Spot & { typed?: string };

type Props = {
  gridId: string;
  kind: Kind;
  fields: Field[];
  columns: Column[];
  editing: Editing;
  row: Row | undefined;
  links: Links;
  onEdit: (at: Spot) => void;
  /** Editing is over; the row below comes next where Enter asked for it. */
  onEnd: (down: boolean) => void;
};

/** The editor of a list's active cell: what it saves, and where it goes then. */
export function ListEditor({ gridId, kind, fields, columns, editing, row, links, onEdit, onEnd }: Props) {
  const { currency } = useSession();
  const save = useSave();
  const column = columns[editing.col];
  const field = column && fields.find((f) => f.key === column.key);
  if (!row || !field) return null;
  const own = currencyOf(row, field, currency);
  return (
    <CellEditor
      key={`${row.id}-${field.key}`}
      gridId={gridId}
      cellId={`${gridId}-${editing.row}-${editing.col}`}
      kind={kind}
      field={field}
      row={row}
      links={links}
      currency={own}
      typed={editing.typed}
      save={(base: Row, value: Value, more: Links) => {
        const money = field.currency && value !== null ? { [field.currency]: own } : {};
        return save(kind, base, { [field.key]: value, ...money }, more);
      }}
      onDone={(move) => {
        const step = move === 'next' ? 1 : move === 'previous' ? -1 : 0;
        let col = editing.col + step;
        while (step !== 0 && columns[col] && !columns[col]?.editable) col += step;
        if (step !== 0 && columns[col]) onEdit({ row: editing.row, col });
        else onEnd(move === 'down');
      }}
    />
  );
}
