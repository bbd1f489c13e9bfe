import type { ReactNode } from 'react';
import { safeLink } from '@/api/platform';
import type { Field, Kind, Links, ListRow, Value } from '@/api/types';
import { href, recordPath } from '@/lib/nav';
import { optionLabel } from '@/lib/words';
import { Badge } from '../Badge';
import { addressLines, fieldText } from '../fields/fieldText';
import { TagChips } from '../fields/TagChips';
import styles from './RecordCard.module.css';

type Props = { kind: Kind; field: Field; value: Value; links: Links; currency: string };

/** A value as the card shows it: what can be followed is a link, a list has one line a row. */
export function FieldValue({ kind, field, value, links, currency }: Props) {
  if (field.alias) {
    return (
      <div className={styles.value}>
        <TagChips value={value} kind={kind.name} />
      </div>
    );
  }
  if (field.type === 'list') {
    const rows = (Array.isArray(value) ? value : []) as ListRow[];
    const type = field.fields?.find((f) => f.key === 'type');
    return (
      <div className={styles.value}>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id of their own
          <div key={i} className={styles.entry}>
            <RowValue kind={kind} list={field} row={row} links={links} />
            {type && row.type && (rows.length > 1 || row.type !== type.options?.[0]) && (
              <small>{optionLabel(kind, type, String(row.type), field.key)}</small>
            )}
          </div>
        ))}
      </div>
    );
  }
  return <div className={styles.value}>{plain(kind, field, value, links, currency)}</div>;
}

function plain(kind: Kind, field: Field, value: Value, links: Links, currency: string): ReactNode {
  const text = fieldText(kind, field, value, { links, currency });
  const raw = typeof value === 'string' ? value : '';
  if (field.type === 'email' && raw) return <a href={`mailto:${raw}`}>{text}</a>;
  if (field.type === 'phone' && raw) return <a href={`tel:${raw.replace(/[^\d+]/g, '')}`}>{text}</a>;
  if (field.type === 'url' && raw) {
    const link = safeLink(raw);
    return link ? <a href={link}>{text.replace(/^https?:\/\//, '').replace(/\/$/, '')}</a> : text;
  }
  const target = field.type === 'link' ? links[raw] : undefined;
  if (target) return <a href={href(recordPath(target.kind, raw))}>{text}</a>;
  if (field.type === 'choice' && text) return <Badge tone="indigo">{text}</Badge>;
  return text;
}

function RowValue({ kind, list, row, links }: { kind: Kind; list: Field; row: ListRow; links: Links }) {
  if (list.key === 'addresses') {
    return (
      <span className={styles.lines}>
        {addressLines(row).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </span>
    );
  }
  const parts = (list.fields ?? []).filter((f) => f.key !== 'type' && row[f.key]);
  return (
    <span>
      {parts.map((part, i) => (
        <span key={part.key}>
          {i > 0 && ', '}
          {plain(kind, part, row[part.key], links, '')}
        </span>
      ))}
    </span>
  );
}
