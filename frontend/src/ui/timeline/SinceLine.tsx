import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { lookQuery } from '@/api/queries';
import type { Kind } from '@/api/types';
import { day, dayOf, moment, number } from '@/lib/format';
import { fieldLabel, inSentence, kindMany, kindOne } from '@/lib/words';
import styles from './Timeline.module.css';

/** One line above the timeline: what others and the world did since the reader's last visit. */
export function SinceLine({ kind, id }: { kind: Kind; id: string }) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const look = useQuery(lookQuery(kind.name, id)).data;
  if (!look?.since) return null;
  const came = Object.entries(look.counts).map(([name, count]) => {
    const other = kinds.find((k) => k.name === name);
    return other && `${number(count)} ${inSentence(count === 1 ? kindOne(other) : kindMany(other))}`;
  });
  const hidden = new Set(kind.fields.filter((f) => f.mirror).map((f) => f.key));
  const fields = look.fields.filter((key) => !hidden.has(key) && kind.fields.some((f) => f.key === key));
  const changed =
    fields.length > 0 && t('timeline.since.changed', { fields: fields.map((f) => fieldLabel(kind, f)).join(', ') });
  const news = [...came, changed].filter(Boolean).join(' · ');
  if (!news) return null;
  return (
    <p className={styles.since} title={moment(look.since)}>
      {t('timeline.since.head', { day: day(dayOf(look.since)) })} <strong>{news}</strong>
      {look.more && ` ${t('timeline.since.more')}`}
    </p>
  );
}
