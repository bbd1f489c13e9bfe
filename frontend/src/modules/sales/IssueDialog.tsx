import { Alert, Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { day, money, today } from '@/lib/format';
import { explain } from '@/ui/explain';
import styles from './dialog.module.css';
import { type Draft, type FiguresJSON, isBlank } from './document';

type Props = {
  open: boolean;
  draft: Draft;
  customer: string;
  figures: FiguresJSON | undefined;
  onClose: () => void;
  onIssue: () => Promise<void>;
};

/** What a careful colleague would ask before it goes out. None of it forbids issuing. */
function doubts(draft: Draft): string[] {
  const items = draft.lines.filter((line) => line.kind === 'item' && !isBlank(line));
  return [
    ...(draft.company || draft.person ? [] : ['noCustomer']),
    ...(draft.validUntil && draft.validUntil < today() ? ['past'] : []),
    ...(items.some((line) => !/[1-9]/.test(line.price)) ? ['noPrice'] : []),
    ...(items.some((line) => !line.text.trim()) ? ['noText'] : []),
  ];
}

/** Issuing cannot be undone: the dialog says what will happen before it does. */
export function IssueDialog({ open, draft, customer, figures, onClose, onIssue }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const issue = async () => {
    setBusy(true);
    setFault('');
    try {
      await onIssue();
    } catch (error) {
      setFault(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const asks = doubts(draft);
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={t('sales:page.issue.title')}
      size={480}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <ul className={styles.effects}>
        <li>{t('sales:page.issue.number', { year: draft.date.slice(0, 4) })}</li>
        <li>{t('sales:page.issue.fixed')}</li>
        <li>{t('sales:page.issue.counter')}</li>
      </ul>
      <dl className={styles.facts}>
        <dt>{t('sales:field.quotation.company')}</dt>
        <dd>{customer || t('value.empty')}</dd>
        <dt>{t('sales:field.quotation.validUntil')}</dt>
        <dd>{draft.validUntil ? day(draft.validUntil) : t('value.empty')}</dd>
        <dt>{t('sales:page.totals.gross')}</dt>
        <dd>{figures ? money(figures.gross, draft.currency) : ''}</dd>
      </dl>
      {asks.length > 0 && (
        <ul className={styles.doubts}>
          {asks.map((ask) => (
            <li key={ask}>{t(`sales:page.issue.doubt.${ask}`)}</li>
          ))}
        </ul>
      )}
      {fault && (
        <Alert color="red" variant="light" role="alert" className={styles.fault}>
          {fault}
        </Alert>
      )}
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button loading={busy} onClick={() => void issue()} data-autofocus>
          {t('sales:page.issue.yes')}
        </Button>
      </div>
    </Modal>
  );
}
