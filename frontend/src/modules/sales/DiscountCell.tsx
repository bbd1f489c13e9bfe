import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSum } from '@/lib/calculate';
import { decimalMark, editable, money, number } from '@/lib/format';
import { readNumber } from '@/lib/number';
import { Sum } from '@/ui/fields/Sum';
import { currencySign, digitsOf } from './currency';
import { readDiscount } from './discount';
import type { Discount } from './document';
import styles from './grid.module.css';

type Props = {
  label: string;
  value: Discount;
  currency: string;
  invalid?: boolean;
  describedBy?: string;
  onChange: (value: Discount) => void;
};

const isNumber = (text: string) => readNumber(text, '.') === text;

function atRest({ by, value }: Discount, currency: string): string {
  if (!value || !isNumber(value)) return value;
  return by === 'percent' ? `${number(value)} %` : money(value, currency);
}

function inEditing({ by, value }: Discount, currency: string): string {
  if (!value || !isNumber(value)) return value;
  return `${editable(value)} ${by === 'percent' ? '%' : currencySign(currency)}`;
}

/** A discount as a percentage or an amount: "5", "5%" and "-5%" take a share off, "12 €" takes an amount. */
export function DiscountCell({ label, value, currency, invalid, describedBy, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, show] = useState<string | null>(null);
  // Enter settles, and so does leaving right after it: what was typed may count only once.
  const open = useRef<string | null>(null);
  const setTyped = (text: string | null) => {
    open.current = text;
    show(text);
  };
  const before = useRef(value);
  const around = { mark: decimalMark(), currency, symbol: currencySign(currency), digits: digitsOf(currency) };
  const read = typed === null ? undefined : readDiscount(typed, before.current.by, around);
  const same = (next: Discount) => next.by === value.by && next.value === value.value;

  const settle = () => {
    const text = open.current?.trim();
    if (text === undefined) return;
    const next = readDiscount(text, before.current.by, around) ?? { by: before.current.by, value: text };
    setTyped(null);
    before.current = next;
    if (!same(next)) onChange(next);
  };

  return (
    <span className={styles.numberBox}>
      <input
        type="text"
        autoComplete="off"
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        title={t('sales:page.discount.hint', { sign: currencySign(currency) })}
        data-column="discount"
        className={styles.number}
        value={typed ?? atRest(value, currency)}
        onFocus={(event) => {
          before.current = value;
          setTyped(inEditing(value, currency));
          const input = event.currentTarget;
          requestAnimationFrame(() => document.activeElement === input && input.select());
        }}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const next = readDiscount(text, before.current.by, around);
          if (next && !same(next)) onChange(next);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
          else if (event.key === 'Escape' && typed !== null) {
            event.preventDefault();
            event.stopPropagation();
            setTyped(inEditing(before.current, currency));
            if (!same(before.current)) onChange(before.current);
          }
        }}
        onBlur={settle}
      />
      {read && typed !== null && isSum(typed.replace(/^\s*[-−–]|%\s*$/g, '')) && <Sum text={atRest(read, currency)} />}
    </span>
  );
}
