import { Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { refresh } from '@/api/queries';
import { Badge } from '@/ui/Badge';
import { FieldDialog } from '@/ui/own/FieldDialog';
import { reportChange } from '@/ui/undo';
import { likeColumn } from './likeColumn';
import type { Mapped, Options, Session } from './requests';
import { readTarget, targetsOf, targetValue } from './targets';
import styles from './transfer.module.css';
import { confidence, remap, samplesOf } from './wizard';

type Props = { session: Session; busy: boolean; onChange: (options: Options) => Promise<boolean> };

const tones = { sure: 'teal', likely: 'blue', unsure: 'orange', none: 'gray' } as const;

/** Which column fills which field: guessed, with what stands in it, and changed by choosing another. */
export function ColumnsStep({ session, busy, onChange }: Props) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const client = useQueryClient();
  const [making, setMaking] = useState<string | null>(null);
  const kind = kinds.find((k) => k.name === session.kind);
  const groups = useMemo(() => (kind ? targetsOf(kind, kinds) : []), [kind, kinds]);
  const known = new Set(groups.flatMap((g) => g.items.map((i) => i.value)));
  const others = session.mapping
    .map((m) => ({ value: targetValue(m.kind, m.field), label: m.field }))
    .filter((target) => target.value && !known.has(target.value));
  const data = [
    { value: '-', label: t('transfer:page.columns.none') },
    ...(kind?.extensible ? [{ value: '+', label: t('transfer:page.columns.newField') }] : []),
    ...groups,
    ...(others.length > 0 ? [{ group: t('transfer:page.columns.others'), items: others }] : []),
  ];
  const choose = (m: Mapped, value: string | null) => {
    if (value === '+') {
      setMaking(m.column);
      return;
    }
    const { kind: to, field } = readTarget(value === '-' ? '' : (value ?? ''));
    void onChange({ mapping: remap(session.mapping, m.column, to, field) });
  };
  return (
    <>
      <h2>{t('transfer:page.columns.title')}</h2>
      <p className={styles.intro}>
        {t('transfer:page.columns.intro', {
          mapped: session.mapping.filter((m) => m.field).length,
          columns: session.mapping.length,
        })}
      </p>
      <table className={styles.table} data-columns aria-busy={busy}>
        <thead>
          <tr>
            <th scope="col">{t('transfer:page.columns.column')}</th>
            <th scope="col">{t('transfer:page.columns.samples')}</th>
            <th scope="col">{t('transfer:page.columns.fills')}</th>
            <th scope="col">{t('transfer:page.columns.guess')}</th>
          </tr>
        </thead>
        <tbody>
          {session.mapping.map((m) => (
            <tr key={m.column}>
              <th scope="row">{m.column}</th>
              <td className={styles.samples}>
                {samplesOf(session, m.column).map((sample) => (
                  <span key={sample}>{sample}</span>
                ))}
              </td>
              <td className={styles.target}>
                <Select
                  aria-label={t('transfer:page.columns.fillsOf', { column: m.column })}
                  data={data}
                  searchable
                  allowDeselect={false}
                  nothingFoundMessage={t('pick.none')}
                  value={targetValue(m.kind, m.field) || '-'}
                  onChange={(value) => choose(m, value)}
                />
              </td>
              <td className={styles.confidence}>
                <Badge tone={tones[confidence(m)]}>{t(`transfer:page.columns.confidence.${confidence(m)}`)}</Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {kind && making !== null && (
        <FieldDialog
          kind={kind}
          like={likeColumn(making, samplesOf(session, making))}
          onClose={() => setMaking(null)}
          onSaved={({ field, batch }) => {
            refresh(client, [{ kind: 'field' }]);
            reportChange(t('field:page.made', { field: field.label }), batch);
            void onChange({ mapping: remap(session.mapping, making, kind.name, field.key) });
          }}
        />
      )}
    </>
  );
}
