import { Button, Menu } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { caps } from '@/lib/commands';
import { decimalMark } from '@/lib/format';
import { ChevronDownIcon, PlusIcon } from '@/ui/icons';
import { Keys } from '@/ui/Keys';
import { atEdge, isArea, leavesLine } from './caret';
import { type Draft, type Line, type LineKind, newLine, type Tax } from './document';
import type { Editing } from './Editing';
import {
  type Cell,
  type Column,
  cellAfter,
  cellBeside,
  changeLine,
  duplicateLine,
  followingLine,
  indexOf,
  insertBelow,
  moveLine,
  putBack,
  removeLine,
} from './grid';
import styles from './grid.module.css';
import type { LineAction } from './LineMenu';
import { LineRow } from './LineRow';
import { isBlock, linesFromBlock } from './paste';
import { positions } from './position';
import { reportLocal } from './reportLocal';
import { ratesOf } from './tax';
import type { Figures } from './useFigures';

type Props = {
  editing: Editing;
  draft: Draft;
  priced: Figures;
  /** Sentences by line and column. */
  faults: Record<string, Record<string, string>>;
  usualTax: Tax;
  onTax: (tax: Tax) => void;
};

const noFaults: Record<string, string> = {};

/** The lines of a document, written by keyboard like a sheet: what the keys do is in one place, the cells only edit. */
export function LineGrid({ editing, draft, priced, faults, usualTax, onTax }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<Cell | null>(null);
  const { lines } = draft;
  const numbers = positions(lines);
  const rates = useMemo(() => ratesOf(lines, usualTax), [lines, usualTax]);
  const rateList = rates.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are drawn anew only when the rates are others
  const steadyRates = useMemo(() => rates, [rateList]);
  const amounts = new Map(priced.sent.map((id, i) => [id, priced.figures?.lines[i]?.amount]));

  const focusCell = useCallback((cell: Cell | undefined) => {
    const input =
      cell && box.current?.querySelector<HTMLElement>(`[data-line="${cell.line}"] [data-column="${cell.column}"]`);
    input?.focus();
    return Boolean(input);
  }, []);
  // A cell of a line that is only now drawn has the focus once it is there.
  useEffect(() => {
    if (wanted.current && focusCell(wanted.current)) wanted.current = null;
  });

  const setLines = useCallback(
    (edit: (lines: Line[]) => Line[]) => editing.change((d) => ({ ...d, lines: edit(d.lines) })),
    [editing],
  );
  const onChange = useCallback(
    (id: string, patch: Partial<Line>) => {
      setLines((all) => changeLine(all, id, patch));
      if (patch.tax?.rate) onTax(patch.tax);
    },
    [setLines, onTax],
  );
  const add = (below: string | undefined, kind: LineKind = 'item') => {
    const line = kind === 'item' ? followingLine(lines, below, usualTax) : newLine(kind);
    wanted.current = { line: line.id, column: 'text' };
    setLines((all) => insertBelow(all, below, [line]));
  };

  const remove = useCallback(
    (id: string) => {
      const before = editing.draft.get().lines;
      const at = indexOf(before, id);
      const line = before[at];
      if (!line) return;
      const beside = before[at + 1] ?? before[at - 1];
      wanted.current = beside ? { line: beside.id, column: 'text' } : null;
      setLines((all) => removeLine(all, id));
      reportLocal(t('sales:page.lines.deleted', { text: line.text || t(`sales:page.lines.kind.${line.kind}`) }), () =>
        setLines((all) => putBack(all, line, at)),
      );
    },
    [editing, setLines, t],
  );
  const onAction = useCallback(
    (id: string, action: LineAction) => {
      if (action === 'delete') remove(id);
      else if (action === 'duplicate') {
        setLines((all) => {
          const { lines: next, copy } = duplicateLine(all, id);
          wanted.current = { line: copy, column: 'text' };
          return next;
        });
      } else if (action === 'optional') {
        setLines((all) => all.map((l) => (l.id === id ? { ...l, optional: !l.optional } : l)));
      } else setLines((all) => moveLine(all, id, action === 'up' ? -1 : 1));
    },
    [remove, setLines],
  );
  const onNext = useCallback((id: string) => focusCell({ line: id, column: 'quantity' }), [focusCell]);

  const cellOf = (target: EventTarget): Cell | undefined => {
    const element = target as HTMLElement;
    const column = element.dataset?.column as Column | undefined;
    const line = element.closest<HTMLElement>('[data-line]')?.dataset.line;
    return column && line ? { line, column } : undefined;
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    const cell = cellOf(event.target);
    if (!cell || event.defaultPrevented || event.nativeEvent.isComposing) return;
    const { key } = event;
    const mod = event.ctrlKey || event.metaKey;
    const arrow = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
    let done = true;
    if (mod && key === 'Enter') add(cell.line);
    else if (mod && event.shiftKey && key.toLowerCase() === 'd') onAction(cell.line, 'duplicate');
    else if (mod && event.shiftKey && key === 'Backspace') remove(cell.line);
    else if (event.altKey && arrow !== 0) {
      wanted.current = cell;
      setLines((all) => moveLine(all, cell.line, arrow));
    } else if (mod || event.altKey) done = false;
    else if (arrow !== 0) done = leavesLine(event.target, arrow) && focusCell(cellBeside(lines, cell, arrow));
    else if (key === 'ArrowLeft' || key === 'ArrowRight') {
      const by = key === 'ArrowLeft' ? -1 : 1;
      done = atEdge(event.target, by) && focusCell(cellAfter(lines, cell, by));
    } else if (key === 'Enter' && !(event.shiftKey && isArea(event.target))) {
      const next = cellAfter(lines, cell, event.shiftKey ? -1 : 1);
      if (next) focusCell(next.column === 'note' && !event.shiftKey ? { ...next, column: 'quantity' } : next);
      else if (!event.shiftKey) add(cell.line);
    } else done = false;
    if (done) event.preventDefault();
  };

  const onPaste = (event: React.ClipboardEvent) => {
    const cell = cellOf(event.target);
    const text = event.clipboardData.getData('text/plain');
    const words = cell && ['text', 'note'].includes(cell.column) && !text.includes('\t');
    const inArea = words && isArea(event.target);
    if (!cell || !isBlock(text) || inArea) return;
    const pasted = linesFromBlock(text, decimalMark(), usualTax);
    if (pasted.length === 0) return;
    event.preventDefault();
    wanted.current = { line: pasted.at(-1)?.id ?? cell.line, column: 'text' };
    const before = lines;
    setLines((all) => {
      const here = all[indexOf(all, cell.line)];
      const next = insertBelow(all, cell.line, pasted);
      return here && here.text === '' && here.price === '' && here.kind === 'item' ? removeLine(next, here.id) : next;
    });
    reportLocal(t('sales:page.lines.pasted', { count: pasted.length }), () => setLines(() => before));
  };

  return (
    <section className={styles.grid} aria-label={t('sales:page.lines.title')}>
      <div className={styles.head} aria-hidden="true">
        {[
          '',
          'text',
          'quantity',
          'unit',
          'price',
          'discount',
          'tax',
          draft.prices === 'gross' ? 'gross' : 'net',
          '',
        ].map((column, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
          <span key={i} data-for={column || undefined}>
            {column && t(`sales:page.lines.${column}`)}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it gathers the keys of the cells inside */}
      <div ref={box} className={styles.lines} onKeyDown={onKeyDown} onPaste={onPaste}>
        {lines.map((line, i) => (
          <LineRow
            key={line.id}
            line={line}
            position={numbers[i] ?? ''}
            amount={amounts.get(line.id)}
            fresh={priced.fresh}
            currency={draft.currency}
            language={draft.language}
            rates={steadyRates}
            faults={faults[line.id] ?? noFaults}
            first={i === 0}
            last={i === lines.length - 1}
            onChange={onChange}
            onAction={onAction}
            onNext={onNext}
          />
        ))}
      </div>
      <div className={styles.foot}>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<PlusIcon size={15} />}
          onClick={() => add(undefined)}
          data-add-line
        >
          {t('sales:page.lines.add')}
        </Button>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="subtle" color="gray" size="xs" rightSection={<ChevronDownIcon size={14} />}>
              {t('sales:page.lines.addOther')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['title', 'comment', 'subtotal'] as const).map((kind) => (
              <Menu.Item key={kind} onClick={() => add(undefined, kind)}>
                {t(`sales:page.lines.kind.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <span className={styles.hint}>
          <Keys caps={caps('mod+enter')} /> {t('sales:page.lines.addHint')}
        </span>
      </div>
    </section>
  );
}
