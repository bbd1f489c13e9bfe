import { useTranslation } from 'react-i18next';
import { money, number } from '@/lib/format';
import { digitsOf } from './currency';
import type { Draft, FiguresJSON, Line } from './document';
import styles from './issued.module.css';
import { positions } from './position';
import { taxText } from './tax';

const columns = ['text', 'quantity', 'price', 'discount', 'tax', 'amount'] as const;

/** The lines of an issued document, to be read. */
export function IssuedLines({ draft, figures }: { draft: Draft; figures: FiguresJSON }) {
  const { t } = useTranslation();
  const numbers = positions(draft.lines);
  const { currency } = draft;
  const price = (line: Line) => number(line.price, Math.max(digitsOf(currency), line.price.split('.')[1]?.length ?? 0));
  const off = ({ discount }: Line) =>
    !discount.value ? '' : discount.by === 'percent' ? `${number(discount.value)} %` : money(discount.value, currency);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <span className="k-hidden">{t('sales:page.lines.position')}</span>
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" data-for={column}>
              {t(`sales:page.lines.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {draft.lines.map((line, i) => (
          <tr key={line.id} data-kind={line.kind}>
            <td className={styles.position}>{numbers[i]}</td>
            {line.kind === 'item' ? (
              <>
                <td>
                  <strong>{line.text}</strong>
                  {line.optional && <em>{t('sales:page.lines.optional')}</em>}
                  {line.note && <p>{line.note}</p>}
                </td>
                <td data-for="quantity">
                  {number(line.quantity || '0')} {line.unit}
                </td>
                <td data-for="price">{line.price && price(line)}</td>
                <td data-for="discount">{off(line)}</td>
                <td data-for="tax">{taxText(line.tax)}</td>
                <td data-for="amount">{money(figures.lines[i]?.amount ?? '0', currency)}</td>
              </>
            ) : (
              <td colSpan={columns.length}>{line.text || t(`sales:page.lines.kind.${line.kind}`)}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
