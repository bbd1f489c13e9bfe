import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import type { Value } from '@/api/types';
import { optionLabel } from '@/lib/words';
import { currencyOf, fieldText, rowText } from '../fields/fieldText';
import { markedRows } from './merge';
import styles from './StaleDialog.module.css';
import type { StaleQuestion } from './stale';

type Props = { name: string; question: StaleQuestion; value: Value; before?: Value };

/** One version of a value, in words. A list stands row by row, what is new and what is gone marked. */
export function StaleValue({ name, question, value, before }: Props) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const { kind, current, mine, links } = question;
  const field = kind.fields.find((f) => f.key === name);
  if (!field) return null;
  const around = {
    links,
    currency: currencyOf(value === mine[name] ? { ...current, ...mine } : current, field, currency),
  };
  if (field.type !== 'list') {
    const text = fieldText(kind, field, value, around);
    return text ? (
      <span className={styles.text}>{text}</span>
    ) : (
      <span className={styles.empty}>{t('value.empty')}</span>
    );
  }
  const rows = markedRows(before, value);
  if (rows.length === 0) return <span className={styles.empty}>{t('value.empty')}</span>;
  const type = field.fields?.find((f) => f.key === 'type');
  return (
    <ul className={styles.rows}>
      {rows.map(({ row, mark }) => (
        <li key={`${mark}${JSON.stringify(row)}`} data-mark={mark}>
          {mark === 'removed' ? <del>{rowText(kind, field, row, around)}</del> : rowText(kind, field, row, around)}
          {type && row.type ? <small>{optionLabel(kind, type, String(row.type), name)}</small> : null}
          {mark && <em>{t(`stale.${mark}`)}</em>}
        </li>
      ))}
    </ul>
  );
}
