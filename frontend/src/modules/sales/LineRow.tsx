import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '@/lib/format';
import { AutoText } from './AutoText';
import { digitsOf } from './currency';
import { DiscountCell } from './DiscountCell';
import type { Line } from './document';
import styles from './grid.module.css';
import { type LineAction, LineMenu } from './LineMenu';
import { NumberCell } from './NumberCell';
import { TaxCell } from './TaxCell';
import { TextCell } from './TextCell';
import { needsReason } from './tax';

type Props = {
  line: Line;
  position: string;
  amount: string | undefined;
  fresh: boolean;
  currency: string;
  language: string;
  rates: string[];
  /** Sentences beside the cells of this line, by column. */
  faults: Record<string, string>;
  first: boolean;
  last: boolean;
  onChange: (id: string, patch: Partial<Line>) => void;
  onAction: (id: string, action: LineAction) => void;
  onNext: (id: string) => void;
};

/** One line of the document. It is drawn anew only when it, its amount or its faults change. */
export const LineRow = memo(function LineRow(props: Props) {
  const { line, position, amount, fresh, currency, language, rates, faults, first, last, onChange, onAction } = props;
  const { t } = useTranslation();
  const change = (patch: Partial<Line>) => onChange(line.id, patch);
  const label = (column: string) => t('sales:page.lines.cell', { column: t(`sales:page.lines.${column}`), position });
  const wrong = Object.entries(faults);
  const faultId = wrong.length > 0 ? `fault-${line.id}` : undefined;
  const cell = (column: string) => ({ invalid: column in faults, describedBy: column in faults ? faultId : undefined });
  const item = line.kind === 'item';

  return (
    <div className={styles.line} data-line={line.id} data-kind={line.kind} data-optional={line.optional || undefined}>
      <span className={styles.position}>{position}</span>
      <div className={styles.words}>
        {item ? (
          <>
            <span className={styles.name}>
              <TextCell
                line={line}
                label={label('text')}
                placeholder={t('sales:page.lines.textHint')}
                currency={currency}
                {...cell('text')}
                onChange={change}
                onTaken={() => props.onNext(line.id)}
              />
              {line.optional && <span className={styles.optional}>{t('sales:page.lines.optional')}</span>}
            </span>
            <AutoText
              label={label('note')}
              placeholder={t('sales:page.lines.noteHint')}
              value={line.note}
              column="note"
              className={styles.note ?? ''}
              onChange={(note) => change({ note })}
            />
          </>
        ) : (
          <AutoText
            label={t(`sales:page.lines.kind.${line.kind}`)}
            placeholder={t(`sales:page.lines.hint.${line.kind}`)}
            value={line.text}
            column="text"
            className={styles[line.kind] ?? ''}
            oneLine={line.kind !== 'comment'}
            onChange={(text) => change({ text })}
          />
        )}
        {item && needsReason(line.tax) && (
          <label className={styles.reason}>
            <span>{t('sales:page.tax.reason', { category: t(`sales:page.tax.categories.${line.tax.category}`) })}</span>
            <input
              type="text"
              value={line.tax.reason}
              onChange={(event) => change({ tax: { ...line.tax, reason: event.currentTarget.value } })}
            />
          </label>
        )}
        {wrong.length > 0 && (
          <ul id={faultId} className={styles.faults} role="alert">
            {wrong.map(([column, message]) => (
              <li key={column}>
                <strong>{t(`sales:page.lines.${column}`)}:</strong> {message}
              </li>
            ))}
          </ul>
        )}
      </div>
      {item && (
        <>
          <div className={styles.cell} data-for="quantity">
            <span className={styles.cellLabel}>{t('sales:page.lines.quantity')}</span>
            <NumberCell
              label={label('quantity')}
              value={line.quantity}
              digits={4}
              name="quantity"
              {...cell('quantity')}
              onChange={(quantity) => change({ quantity })}
            />
          </div>
          <div className={styles.cell} data-for="unit">
            <span className={styles.cellLabel}>{t('sales:page.lines.unit')}</span>
            <input
              type="text"
              aria-label={label('unit')}
              autoComplete="off"
              maxLength={20}
              data-column="unit"
              className={styles.text}
              value={line.unit}
              onChange={(event) => change({ unit: event.currentTarget.value })}
            />
          </div>
          <div className={styles.cell} data-for="price">
            <span className={styles.cellLabel}>{t('sales:page.lines.price')}</span>
            <NumberCell
              label={label('price')}
              value={line.price}
              digits={6}
              shown={digitsOf(currency)}
              name="price"
              {...cell('price')}
              onChange={(price) => change({ price })}
            />
          </div>
          <div className={styles.cell} data-for="discount">
            <span className={styles.cellLabel}>{t('sales:page.lines.discount')}</span>
            <DiscountCell
              label={label('discount')}
              value={line.discount}
              currency={currency}
              {...cell('discount')}
              onChange={(discount) => change({ discount })}
            />
          </div>
          <div className={styles.cell} data-for="tax">
            <span className={styles.cellLabel}>{t('sales:page.lines.tax')}</span>
            <TaxCell
              label={label('tax')}
              value={line.tax}
              rates={rates}
              language={language}
              {...cell('tax')}
              onChange={(tax) => change({ tax })}
            />
          </div>
          <div className={styles.amount} data-stale={!fresh || undefined}>
            <span className={styles.cellLabel}>{t('sales:page.lines.amount')}</span>
            {amount === undefined ? '' : money(amount, currency)}
          </div>
        </>
      )}
      <div className={styles.actions}>
        <LineMenu line={line} position={position} first={first} last={last} onAction={(a) => onAction(line.id, a)} />
      </div>
    </div>
  );
});
