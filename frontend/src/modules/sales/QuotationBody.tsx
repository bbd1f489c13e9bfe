import { useTranslation } from 'react-i18next';
import { money } from '@/lib/format';
import type { PresenterProps } from '@/lib/modules';
import { href } from '@/lib/nav';
import { Badge } from '@/ui/Badge';
import styles from './list.module.css';

/** A quotation on the timeline of its customer. */
export function QuotationBody({ entry }: PresenterProps) {
  const { t } = useTranslation();
  const { record } = entry;
  if (!record) return null;
  const issued = record.status === 'final';
  const subject = String(record.subject || '') || t('sales:page.untitled');
  return (
    <p className={styles.entry}>
      <a href={href(`/quotation/${record.id}`)}>{record.number ? `${record.number} ${subject}` : subject}</a>
      <Badge tone={issued ? 'teal' : 'yellow'}>
        {t(`sales:option.quotation.status.${issued ? 'final' : 'draft'}`)}
      </Badge>
      <strong>{record.gross ? money(String(record.gross), String(record.currency)) : ''}</strong>
    </p>
  );
}
