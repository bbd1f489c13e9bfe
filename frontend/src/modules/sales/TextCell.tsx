import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Row } from '@/api/types';
import { money } from '@/lib/format';
import type { Line } from './document';
import styles from './grid.module.css';
import { fromProduct, productQuery, surelyMeant } from './products';
import { Suggestions, stepIn } from './Suggestions';

type Props = {
  line: Line;
  label: string;
  placeholder: string;
  currency: string;
  describedBy?: string;
  invalid?: boolean;
  onChange: (patch: Partial<Line>) => void;
  /** A product was taken: the quantity comes next. */
  onTaken: () => void;
};

/** The name of an item. While it is typed, products with these words or this number are offered below. */
export function TextCell({ line, label, placeholder, currency, describedBy, invalid, onChange, onTaken }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const typed = line.text.trim();
  const [asked] = useDebouncedValue(asking ? typed : '', 80);
  const found = useQuery(productQuery(asked));
  const rows = asking && typed && asked ? (found.data?.rows ?? []) : [];
  const open = rows.length > 0;
  const certain = open && surelyMeant(rows[0], typed) && !line.price;
  const active = chosen ?? (certain ? 0 : -1);

  const close = () => {
    setAsking(false);
    setChosen(null);
  };
  const take = (row: Row | undefined) => {
    if (!row) return;
    close();
    onChange(fromProduct(row, line, currency));
    onTaken();
  };

  return (
    <span className={styles.suggestBox}>
      <input
        type="text"
        role="combobox"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
        aria-autocomplete="list"
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        autoComplete="off"
        placeholder={placeholder}
        data-column="text"
        className={styles.text}
        value={line.text}
        onChange={(event) => {
          setAsking(true);
          setChosen(null);
          onChange({ text: event.currentTarget.value });
        }}
        onKeyDown={(event) => {
          if (!open || event.ctrlKey || event.metaKey || event.altKey) return;
          const next = stepIn(event.key, active, rows.length);
          if (next !== undefined) setChosen(next);
          else if (event.key === 'Enter' && active >= 0) take(rows[active]);
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onBlur={close}
      />
      {open && (
        <Suggestions
          id={id}
          label={t('sales:page.lines.products')}
          wide
          items={rows.map((row) => ({
            key: row.id,
            title: row.label,
            sub: String(row.number ?? ''),
            right: row.price ? money(String(row.price), String(row.currency || currency)) : '',
          }))}
          active={active}
          onPick={(i) => take(rows[i])}
        />
      )}
    </span>
  );
}
