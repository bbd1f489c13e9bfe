import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import type { Kind, Row } from '@/api/types';
import { createDialog } from '@/lib/dialogs';
import { href, recordPath } from '@/lib/nav';
import { Block } from '@/ui/Block';
import { RecordMark } from '@/ui/RecordMark';
import related from '@/ui/record/Related.module.css';
import { AroundPicture } from './AroundPicture';
import styles from './around.module.css';
import type { Edge, Web } from './web';

/** Whom a company or person has to do with, and whom those have: as a list and as a picture. */
export function Around({ record }: { kind: Kind; record: Row }) {
  const { t } = useTranslation();
  const web = useQuery({
    queryKey: ['rows', 'relation', record.id],
    queryFn: ({ signal }) => call<Web>('/contacts/around', { params: { record: record.id }, signal }),
  }).data;
  if (!web || (record.deletedAt && web.edges.length === 0)) return null;
  const node = (id: string) => web.nodes.find((n) => n.id === id);
  const relations = web.edges.filter((e) => e.type !== 'role');
  const own = relations.filter((e) => e.from === record.id || e.to === record.id);
  const far = relations.filter((e) => !own.includes(e));
  const line = (edge: Edge, from: string) => {
    const other = node(edge.from === from ? edge.to : edge.from);
    if (!other) return null;
    return (
      <a
        key={edge.relation ?? `${edge.from}-${edge.to}`}
        className={clsx(related.row, edge.past && styles.past)}
        href={href(recordPath(other.kind, other.id))}
      >
        <RecordMark kind={other.kind} id={other.id} name={other.label} size={26} />
        <span>
          {other.label}
          <small>
            {edge.from === from ? edge.label : edge.inverse}
            {from !== record.id && ` ${node(from)?.label ?? ''}`}
          </small>
        </span>
      </a>
    );
  };
  return (
    <Block
      title={t('contacts:page.around.title')}
      add={
        record.deletedAt
          ? undefined
          : {
              label: t('contacts:kind.relation.new'),
              run: () => createDialog.set({ kind: 'relation', values: { from: record.id } }),
            }
      }
    >
      {own.map((edge) => line(edge, record.id))}
      {own.length === 0 && <p className={related.none}>{t('related.none')}</p>}
      {far.length > 0 && (
        <details className={styles.far}>
          <summary>{t('contacts:page.around.far', { count: far.length })}</summary>
          {far.map((edge) => {
            const near = (node(edge.from)?.step ?? 2) <= (node(edge.to)?.step ?? 2) ? edge.from : edge.to;
            return line(edge, near);
          })}
        </details>
      )}
      {web.nodes.length > 2 && (
        <details className={styles.far}>
          <summary>{t('contacts:page.around.picture')}</summary>
          <AroundPicture web={web} />
        </details>
      )}
      {web.more && <p className={related.none}>{t('contacts:page.around.more')}</p>}
    </Block>
  );
}
