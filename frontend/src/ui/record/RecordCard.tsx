import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/house';
import { safeLink } from '@/api/platform';
import type { Field, Kind, Links, ListRow, Row } from '@/api/types';
import { fieldLabel, groupLabel, titleOf } from '@/lib/words';
import { currencyOf, fieldText } from '../fields/fieldText';
import { MailIcon, PhoneIcon, WebIcon } from '../icons';
import { RecordMark } from '../RecordMark';
import { EditableField } from './EditableField';
import { isEmpty, MissingFields } from './MissingFields';
import styles from './RecordCard.module.css';

type Props = { kind: Kind; record: Row; links: Links; heading?: 'h1' | 'h2' };

/** Fields of the card: child lists stand for their mirrors, the title is the heading. */
function cardFields(kind: Kind): Field[] {
  return kind.fields.filter(
    (f) => !f.mirror && f.type !== 'currency' && (f.key !== kind.title || f.type === 'longtext'),
  );
}

/** Who this is, how to reach them, and every field, each edited where it stands. */
export function RecordCard({ kind, record, links, heading: Heading = 'h2' }: Props) {
  const { t } = useTranslation();
  const { currency } = useSession();
  const [adding, setAdding] = useState<string | null>(null);
  const fields = cardFields(kind);
  const groups = [...new Set(fields.map((f) => f.group ?? ''))];
  const title = kind.fields.find((f) => f.key === kind.title);
  const around = { links, currency };
  const subtitle = (kind.fields.some((f) => f.key === 'role') ? ['role', 'company'] : [kind.subtitle ?? ''])
    .map((key) => kind.fields.find((f) => f.key === key))
    .map((f) => (f ? fieldText(kind, f, record[f.key], around) : ''))
    .filter(Boolean)
    .join(', ');
  const first = (list: string) => {
    const rows = record[list];
    return Array.isArray(rows) ? String((rows[0] as ListRow | undefined)?.value ?? '') : '';
  };
  const site = safeLink(first('websites'));
  const reach = [
    { href: first('emails') && `mailto:${first('emails')}`, icon: MailIcon, label: t('record.mail') },
    {
      href: first('phones') && `tel:${first('phones').replace(/[^\d+]/g, '')}`,
      icon: PhoneIcon,
      label: t('record.call'),
    },
    { href: site ?? '', icon: WebIcon, label: t('record.site') },
  ].filter((r) => r.href);
  const readOnly = Boolean(record.deletedAt);
  const missing = readOnly ? [] : fields.filter((f) => isEmpty(record[f.key]) && !f.readOnly && f.key !== adding);

  return (
    <section className={styles.card} aria-label={titleOf(record)}>
      {title?.type !== 'longtext' && (
        <header className={styles.head}>
          <RecordMark kind={kind.name} id={record.id} name={titleOf(record)} size={52} />
          <div className={styles.who}>
            {title && !readOnly ? (
              <EditableField
                kind={kind}
                field={title}
                record={record}
                links={links}
                label={fieldLabel(kind, title.key)}
                heading={Heading}
              />
            ) : (
              <Heading className={styles.title}>{titleOf(record)}</Heading>
            )}
            {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
          </div>
        </header>
      )}
      {reach.length > 0 && (
        <div className={styles.actions}>
          {reach.map(({ href, icon: Icon, label }) => (
            <a key={label} href={href} className={styles.action}>
              <Icon size={15} stroke={1.7} />
              {label}
            </a>
          ))}
        </div>
      )}
      {groups.map((group) => {
        const shown = fields.filter((f) => (f.group ?? '') === group && (!isEmpty(record[f.key]) || f.key === adding));
        if (shown.length === 0) return null;
        return (
          <section key={group} className={styles.group}>
            <h3>{group ? groupLabel(kind, group) : t('record.details')}</h3>
            {shown.map((field) => (
              <EditableField
                key={field.key}
                kind={kind}
                field={field}
                record={record}
                links={links}
                label={fieldLabel(kind, field.key)}
                currency={currencyOf(record, field, currency)}
                alone={field.type === 'list' && fields.filter((f) => (f.group ?? '') === group).length === 1}
                startOpen={field.key === adding}
                onClosed={() => setAdding(null)}
                readOnly={readOnly}
              />
            ))}
          </section>
        );
      })}
      {missing.length > 0 && (
        <section className={styles.group}>
          <h3>{t('record.add')}</h3>
          <MissingFields kind={kind} fields={missing} onAdd={setAdding} />
        </section>
      )}
    </section>
  );
}
