import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/types';
import { number } from '@/lib/format';
import { inSentence, kindMany } from '@/lib/words';
import styles from './RecordList.module.css';
import type { GroupedRows } from './useGroupedRows';

/** What the groups of a list do not show by themselves. */
export function GroupNote({ kind, rows }: { kind: Kind; rows: GroupedRows }) {
  const { t } = useTranslation();
  const { found } = rows;
  if (!found || (found.more === 0 && !found.overlap)) return null;
  return (
    <p className={styles.note} role="note">
      {found.more > 0 &&
        t('view:page.group.more', {
          shown: number(found.groups.length),
          groups: number(found.groups.length + found.more),
          records: number(found.moreRecords),
          names: inSentence(kindMany(kind)),
        })}{' '}
      {found.overlap && t('view:page.group.overlap')}
    </p>
  );
}
