import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { blockQuery, countQuery } from '@/api/queries';
import type { Field, Kind, Links, Row } from '@/api/types';
import { createDialog } from '@/lib/dialogs';
import { quote } from '@/lib/filter';
import { number } from '@/lib/format';
import { canCreate, kindView } from '@/lib/modules';
import { href, listPath, recordPath, useGo } from '@/lib/nav';
import { fieldLabel, kindMany, kindOne, titleOf } from '@/lib/words';
import { Block } from '../Block';
import { RecordMark } from '../RecordMark';
import styles from './Related.module.css';

const shown = 6;
const linkFields = (kind: Kind) => kind.fields.filter((f) => f.type === 'link');

/** A mirror shows the first row of its list; a filter asks all of them. */
const pathOf = (field: Field) => field.mirror ?? field.key;

/**
 * What belongs to a record, out of the kinds' own descriptions: records it links to, records of its kind with the
 * same link ("also at"), and every kind that links to it. A new module's records appear here by themselves.
 */
export function Related({ kind, record, links }: { kind: Kind; record: Row; links: Links }) {
  const kinds = useKinds();
  const Around = kindView(kind.name)?.Around;
  const out = linkFields(kind).filter((f) => typeof record[f.key] === 'string' && links[String(record[f.key])]);
  const pointing = kinds
    .filter((k) => kindView(k.name)?.page)
    .flatMap((k) => linkFields(k).map((field) => ({ kind: k, field })))
    .filter(({ field }) => field.targets?.includes(kind.name));
  return (
    <div className={styles.related}>
      {out.map((field) => (
        <Outgoing key={field.key} kind={kind} field={field} record={record} links={links} />
      ))}
      {pointing.map(({ kind: other, field }) => (
        <Pointing
          key={`${other.name}.${field.key}`}
          kind={other}
          field={field}
          id={record.id}
          locked={Boolean(record.deletedAt)}
        />
      ))}
      {Around && <Around key={record.id} kind={kind} record={record} />}
    </div>
  );
}

function Outgoing({ kind, field, record, links }: { kind: Kind; field: Field; record: Row; links: Links }) {
  const { t } = useTranslation();
  const id = String(record[field.key]);
  const target = links[id];
  const query = { where: `${pathOf(field)} = ${quote(id)}`, sort: kind.sort };
  const others = useQuery({ ...blockQuery(kind.name, query, 0, shown + 1) });
  if (!target) return null;
  const rest = (others.data?.rows ?? []).filter((r) => r.id !== record.id).slice(0, shown);
  return (
    <>
      <Block title={fieldLabel(kind, field.key)}>
        <Person id={id} kind={target.kind} title={target.title} />
      </Block>
      {rest.length > 0 && (
        <Block title={t('related.alsoAt', { title: target.title })}>
          {rest.map((row) => (
            <Person
              key={row.id}
              id={row.id}
              kind={row.kind || kind.name}
              title={titleOf(row)}
              sub={String(row.role ?? '')}
            />
          ))}
        </Block>
      )}
    </>
  );
}

function Pointing({ kind, field, id, locked }: { kind: Kind; field: Field; id: string; locked: boolean }) {
  const { t } = useTranslation();
  const go = useGo();
  const where = `${pathOf(field)} = ${quote(id)}`;
  const rows = useQuery(blockQuery(kind.name, { where, sort: kind.sort }, 0, shown));
  const count = useQuery(countQuery(kind.name, where));
  const total = count.data?.count ?? 0;
  const view = kindView(kind.name);
  const Beside = view?.Beside;
  const makes = Boolean(view?.makeAt) || canCreate(kind.name);
  if (!rows.data || (rows.data.rows.length === 0 && (!makes || locked))) return null;
  const create = () => {
    if (view?.makeAt) go(view.makeAt(field.key, id));
    else createDialog.set({ kind: kind.name, values: { [field.key]: id } });
  };
  return (
    <Block
      title={kindMany(kind)}
      count={total}
      add={makes && !locked ? { label: t(`${kind.module}:kind.${kind.name}.new`), run: create } : undefined}
    >
      {rows.data.rows.map((row) =>
        Beside ? (
          <a key={row.id} className={styles.row} href={href(recordPath(kind.name, row.id))}>
            <Beside row={row} />
          </a>
        ) : (
          <Person key={row.id} id={row.id} kind={kind.name} title={titleOf(row)} sub={String(row.role ?? '')} />
        ),
      )}
      {rows.data.rows.length === 0 && <p className={styles.none}>{t('related.none', { name: kindOne(kind) })}</p>}
      {total > shown && (
        <a className={styles.all} href={href(listPath(kind.name, { where }))}>
          {t('related.all', { number: number(total) })}
        </a>
      )}
    </Block>
  );
}

function Person({ id, kind, title, sub }: { id: string; kind: string; title: string; sub?: string }) {
  return (
    <a className={styles.row} href={href(recordPath(kind, id))}>
      <RecordMark kind={kind} id={id} name={title} size={26} />
      <span>
        {title}
        {sub && <small>{sub}</small>}
      </span>
    </a>
  );
}
