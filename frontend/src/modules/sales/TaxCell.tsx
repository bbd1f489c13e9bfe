import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { editable } from '@/lib/format';
import type { Tax } from './document';
import styles from './grid.module.css';
import { Suggestions, stepIn } from './Suggestions';
import { exempt, ratePart, readTax, taxText, usualReason } from './tax';

type Props = {
  label: string;
  value: Tax;
  rates: string[];
  language: string;
  invalid?: boolean;
  describedBy?: string;
  onChange: (tax: Tax) => void;
};

/** The tax of a line: a rate, typed or one of this document's, or the reason why there is none. */
export function TaxCell({ label, value, rates, language, invalid, describedBy, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const choices = [
    ...rates.map((rate) => ({
      key: rate,
      title: `${ratePart({ ...value, rate })} %`,
      tax: readTax(rate),
      category: '',
    })),
    ...exempt.map((category) => ({
      key: category,
      title: t(`sales:page.tax.categories.${category}`),
      right: '0 %',
      tax: undefined,
      category,
    })),
  ];

  const take = async (i: number) => {
    const choice = choices[i];
    setOpen(false);
    setActive(-1);
    setTyped(null);
    if (!choice) return;
    if (choice.tax) onChange(choice.tax);
    else onChange({ rate: '0', category: choice.category, reason: await usualReason(choice.category, language) });
  };

  return (
    <span className={styles.suggestBox}>
      <input
        type="text"
        role="combobox"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        inputMode="decimal"
        autoComplete="off"
        data-column="tax"
        className={styles.number}
        value={typed ?? taxText(value)}
        onFocus={(event) => {
          setTyped(editable(value.rate));
          const input = event.currentTarget;
          requestAnimationFrame(() => document.activeElement === input && input.select());
        }}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          setOpen(false);
          onChange(readTax(text));
        }}
        onKeyDown={(event) => {
          if (event.key === 'F4') {
            event.preventDefault();
            setOpen(true);
            return;
          }
          if (!open || event.ctrlKey || event.metaKey || event.altKey) return;
          const next = stepIn(event.key, active, choices.length);
          if (next !== undefined) setActive(next);
          else if (event.key === 'Enter' && active >= 0) void take(active);
          else if (event.key === 'Escape') setOpen(false);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onBlur={() => {
          setTyped(null);
          setOpen(false);
          setActive(-1);
        }}
      />
      {open && (
        <Suggestions
          id={id}
          label={t('sales:page.tax.choose')}
          items={choices}
          active={active}
          onPick={(i) => void take(i)}
        />
      )}
    </span>
  );
}
