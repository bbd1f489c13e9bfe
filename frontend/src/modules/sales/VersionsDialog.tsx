import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKind } from '@/api/house';
import type { Kind, Links } from '@/api/types';
import { day, money, number } from '@/lib/format';
import { fieldLabel } from '@/lib/words';
import { currencyOf, fieldText } from '@/ui/fields/fieldText';
import styles from './dialog.module.css';
import { type Draft, documentOf, draftOf, type Line } from './document';
import { ownFields } from './ownFields';
import type { Stored } from './requests';

type Props = {
  stored: Stored | undefined;
  draft: Draft;
  links: Links;
  company: (id: string) => string;
  onClose: () => void;
  onMine: () => void;
  onStored: () => void;
};

const words = ['subject', 'reference', 'intro', 'closing', 'terms'] as const;
const codes = ['currency', 'language'] as const;
const days = ['date', 'validUntil'] as const;

/** Two versions of one draft side by side: what was typed here, and what somebody else stored meanwhile. */
export function VersionsDialog({ stored, draft, links, company, onClose, onMine, onStored }: Props) {
  const { t } = useTranslation();
  const kind = useKind('quotation');
  const theirs = stored && draftOf(stored.document);
  const rows: { key: string; mine: string; other: string }[] = [];
  if (theirs) {
    for (const key of [...words, ...codes]) rows.push({ key, mine: draft[key], other: theirs[key] });
    for (const key of days) rows.push({ key, mine: shownDay(draft[key]), other: shownDay(theirs[key]) });
    rows.push({ key: 'company', mine: company(draft.company), other: company(theirs.company) });
    rows.push({ key: 'lines', mine: linesText(draft), other: linesText(theirs) });
    for (const field of kind ? ownFields(kind) : []) {
      const written = (of: Draft) =>
        fieldText(kind as Kind, field, of.own[field.key], {
          links: { ...links, ...stored.links },
          currency: currencyOf(of.own, field, draft.currency),
        });
      rows.push({ key: field.key, mine: written(draft), other: written(theirs) });
    }
  }
  const different = rows.filter((row) => row.mine !== row.other);
  return (
    <Modal
      opened={stored !== undefined}
      onClose={onClose}
      title={t('stale.title')}
      size={760}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <p className={styles.intro}>{t('sales:page.stale.intro')}</p>
      <table className={styles.versions}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('stale.mine')}</th>
            <th scope="col">{t('stale.stored')}</th>
          </tr>
        </thead>
        <tbody>
          {different.map((row) => (
            <tr key={row.key}>
              <th scope="row">{kind && fieldLabel(kind, row.key)}</th>
              <td>{row.mine || t('value.empty')}</td>
              <td>{row.other || t('value.empty')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.actions}>
        <Button variant="default" onClick={onClose}>
          {t('stale.back')}
        </Button>
        <Button variant="default" onClick={onStored}>
          {t('sales:page.stale.stored')}
        </Button>
        <Button onClick={onMine} data-autofocus>
          {t('sales:page.stale.mine')}
        </Button>
      </div>
    </Modal>
  );
}

const shownDay = (value: string) => (value ? day(value) : '');

function linesText(draft: Draft): string {
  const { sent } = documentOf(draft);
  return draft.lines
    .filter((line) => sent.includes(line.id))
    .map((line) => lineText(line, draft.currency))
    .join('\n');
}

function lineText(line: Line, currency: string): string {
  if (line.kind !== 'item') return line.text;
  const quantity = [line.quantity && number(line.quantity), line.unit].filter(Boolean).join(' ');
  const price = line.price ? `× ${money(line.price, currency)}` : '';
  const discount = line.discount.value && `−${line.discount.value}${line.discount.by === 'percent' ? ' %' : ''}`;
  return [line.text, [quantity, price, discount].filter(Boolean).join(' ')].filter(Boolean).join(': ');
}
