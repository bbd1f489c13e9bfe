import { useTranslation } from 'react-i18next';
import { useKinds, useSession } from '@/api/house';
import type { Conflict, Links } from '@/api/types';
import { moment, number } from '@/lib/format';
import { fieldLabel, hiddenKind, reasonText } from '@/lib/words';
import { fieldText } from '@/ui/fields/fieldText';
import styles from './history.module.css';

/** How many are listed; the rest is counted. */
const listed = 50;

/** What an undo leaves alone, and why: what is final, what somebody has changed since. */
export function Conflicts({ conflicts, links }: { conflicts: Conflict[]; links: Links }) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const { currency } = useSession();
  if (conflicts.length === 0) return null;
  const since = (c: Conflict) => {
    if (!c.newer) return c.message || reasonText(c.reason);
    const kind = kinds.find((k) => k.name === c.kind) ?? hiddenKind(c.kind);
    const who = { name: c.newer.actor.name || t('history:kontor'), when: moment(c.newer.at) };
    const field = kind.fields.find((f) => f.key === c.newer?.field?.key);
    if (!c.field || !field) return t('history:undo.newer', who);
    const value = fieldText(kind, field, c.newer.field?.after, {
      links,
      currency: c.newer.field?.currency?.after || currency,
    });
    return t(value ? 'history:undo.newerValue' : 'history:undo.newerEmpty', { ...who, value });
  };
  const place = (c: Conflict) => {
    const kind = kinds.find((k) => k.name === c.kind);
    return [c.title, kind && c.field ? fieldLabel(kind, c.field) : ''].filter(Boolean).join(' · ');
  };
  return (
    <>
      <p className={styles.preview}>
        {t('history:undo.conflicts', { count: conflicts.length, number: number(conflicts.length) })}
      </p>
      <ul className={styles.conflicts}>
        {conflicts.slice(0, listed).map((c) => (
          <li key={`${c.change}${c.field}${c.record}`}>
            <strong>{place(c)}</strong> {since(c)}
          </li>
        ))}
        {conflicts.length > listed && (
          <li>
            {t('history:others', { count: conflicts.length - listed, number: number(conflicts.length - listed) })}
          </li>
        )}
      </ul>
    </>
  );
}
