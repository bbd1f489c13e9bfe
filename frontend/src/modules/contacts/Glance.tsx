import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import { useKinds } from '@/api/house';
import { blockQuery, timelinePage } from '@/api/queries';
import type { Kind, Row } from '@/api/types';
import { quote } from '@/lib/filter';
import { ago, day, locale, money } from '@/lib/format';
import { href, recordPath } from '@/lib/nav';
import styles from './glance.module.css';

type Call = { id: string; kind: string; line: string; phone?: string; timeZone?: string };

/** What one needs before a call, at one look: whom to call, their last words, what is open, how late it is there. */
export function Glance({ kind, record }: { kind: Kind; record: Row }) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const has = (name: string) => kinds.some((k) => k.name === name);
  const who = useQuery({
    queryKey: ['record', kind.name, record.id, 'call'],
    queryFn: ({ signal }) => call<Call>(`/contacts/${kind.name}/${record.id}/call`, { signal }),
  }).data;
  const letters = useQuery({
    queryKey: ['timeline', kind.name, record.id, 'letters'],
    queryFn: ({ signal }) => timelinePage(kind.name, record.id, 'mail', '', signal),
    enabled: has('mail'),
  }).data;
  const link = `${kind.name} = ${quote(record.id)}`;
  const open = useQuery({
    ...blockQuery('quotation', { where: `${link} and (status = "draft" or validUntil >= today)`, sort: '-date' }, 0, 1),
    enabled: has('quotation'),
  }).data?.rows[0];
  const promise = useQuery({
    ...blockQuery('task', { where: `about = ${quote(record.id)} and done is empty`, sort: 'due' }, 0, 1),
    enabled: has('task'),
  }).data?.rows[0];
  const letter = letters?.entries.find((e) => e.record?.direction === 'in')?.record;
  const lines = [
    who?.phone || who?.id !== record.id
      ? who && {
          key: 'call',
          text: (
            <>
              {who.phone ? <a href={`tel:${who.phone.replace(/[^\d+]/g, '')}`}>{who.line}</a> : who.line}
              {who.timeZone && <small>{t('contacts:page.glance.time', { time: timeIn(who.timeZone) })}</small>}
            </>
          ),
        }
      : undefined,
    letter && {
      key: 'letter',
      text: (
        <>
          <a href={href(recordPath('mail', letter.id))}>“{String(letter.preview || letter.subject)}”</a>
          <small>{ago(String(letter.at))}</small>
        </>
      ),
    },
    open && {
      key: 'quotation',
      text: (
        <>
          <a href={href(recordPath('quotation', open.id))}>{String(open.subject || open.number || '')}</a>
          <small>{open.gross ? money(String(open.gross), String(open.currency)) : ''}</small>
        </>
      ),
    },
    promise && {
      key: 'task',
      text: (
        <>
          <a href={href(recordPath('task', promise.id))}>{String(promise.text)}</a>
          <small>{typeof promise.due === 'string' ? day(promise.due) : ''}</small>
        </>
      ),
    },
  ].filter((line) => line !== undefined && line !== null);
  if (lines.length === 0) return null;
  return (
    <dl className={styles.glance} aria-label={t('contacts:page.glance.label')}>
      {lines.map((line) => (
        <div key={line.key}>
          <dt>{t(`contacts:page.glance.${line.key}`)}</dt>
          <dd>{line.text}</dd>
        </div>
      ))}
    </dl>
  );
}

const timeIn = (timeZone: string) =>
  new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date());
