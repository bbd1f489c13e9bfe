import { useTranslation } from 'react-i18next';
import { money, number } from '@/lib/format';
import { DiscountCell } from './DiscountCell';
import type { Discount, FiguresJSON } from './document';
import styles from './totals.module.css';

type Props = {
  figures: FiguresJSON | undefined;
  fresh: boolean;
  currency: string;
  prices: 'net' | 'gross';
  discount: Discount;
  fault?: string;
  onDiscount?: (discount: Discount) => void;
};

const isZero = (amount: string) => !/[1-9]/.test(amount);

/** What the document comes to, as the engine says. Old figures are dimmed until the new ones are there. */
export function Totals({ figures, fresh, currency, prices, discount, fault, onDiscount }: Props) {
  const { t } = useTranslation();
  const amount = (value: string) => money(value, currency);
  const discounted = figures && !isZero(figures.discount);
  return (
    <section className={styles.totals} aria-label={t('sales:page.totals.title')} aria-busy={!fresh}>
      {onDiscount && (
        <div className={styles.discount}>
          <span id="document-discount">{t('sales:page.totals.discountOnAll')}</span>
          <DiscountCell
            label={t('sales:page.totals.discountOnAll')}
            value={discount}
            currency={currency}
            invalid={Boolean(fault)}
            describedBy={fault ? 'document-discount-fault' : undefined}
            onChange={onDiscount}
          />
          {fault && (
            <p id="document-discount-fault" className={styles.fault} role="alert">
              {fault}
            </p>
          )}
        </div>
      )}
      {figures && (
        <dl className={styles.figures} data-stale={!fresh || undefined} aria-live="polite">
          {discounted && (
            <>
              <dt>{t('sales:page.totals.subtotal')}</dt>
              <dd>{amount(figures.subtotal)}</dd>
              <dt>
                {discount.by === 'percent' && discount.value
                  ? t('sales:page.totals.discountOf', { percent: number(discount.value) })
                  : t('sales:page.totals.discount')}
              </dt>
              <dd>{amount(`-${figures.discount}`)}</dd>
            </>
          )}
          <dt>{t(prices === 'gross' ? 'sales:page.totals.netWithin' : 'sales:page.totals.net')}</dt>
          <dd>{amount(figures.net)}</dd>
          {figures.taxes.map((tax) => (
            <TaxLine key={`${tax.category}${tax.rate}${tax.reason}`} tax={tax} amount={amount} />
          ))}
          <dt className={styles.total}>{t('sales:page.totals.gross')}</dt>
          <dd className={styles.total}>{amount(figures.gross)}</dd>
          {!isZero(figures.rounding) && (
            <>
              <dt>{t('sales:page.totals.rounding')}</dt>
              <dd>{amount(figures.rounding)}</dd>
            </>
          )}
          {!isZero(figures.prepaid) && (
            <>
              <dt>{t('sales:page.totals.prepaid')}</dt>
              <dd>{amount(`-${figures.prepaid}`)}</dd>
            </>
          )}
          {figures.payable !== figures.gross && (
            <>
              <dt className={styles.total}>{t('sales:page.totals.payable')}</dt>
              <dd className={styles.total}>{amount(figures.payable)}</dd>
            </>
          )}
          {!isZero(figures.optional.gross) && (
            <>
              <dt className={styles.optional}>{t('sales:page.totals.optional')}</dt>
              <dd className={styles.optional}>{amount(figures.optional.gross)}</dd>
            </>
          )}
        </dl>
      )}
    </section>
  );
}

function TaxLine({ tax, amount }: { tax: FiguresJSON['taxes'][number]; amount: (value: string) => string }) {
  const { t } = useTranslation();
  const special = ['AE', 'K', 'G', 'E', 'O'].includes(tax.category);
  return (
    <>
      <dt>
        {special
          ? t('sales:page.totals.taxNone', {
              category: t(`sales:page.tax.categories.${tax.category}`),
              base: amount(tax.base),
            })
          : t('sales:page.totals.tax', { rate: number(tax.rate), base: amount(tax.base) })}
      </dt>
      <dd>{amount(tax.amount)}</dd>
    </>
  );
}
