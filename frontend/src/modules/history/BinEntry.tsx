import { Button, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import type { BinRow } from '@/api/types';
import { ago, moment } from '@/lib/format';
import { kindView } from '@/lib/modules';
import { href, recordPath } from '@/lib/nav';
import { kindOne } from '@/lib/words';
import { RecordMark } from '@/ui/RecordMark';
import styles from './history.module.css';

type Props = {
  row: BinRow;
  chosen: boolean;
  choose: (on: boolean) => void;
  restore: () => void;
  purge: () => void;
};

export function BinEntry({ row, chosen, choose, restore, purge }: Props) {
  const { t } = useTranslation();
  const kind = useKinds().find((k) => k.name === row.kind);
  const told = [kind && kindOne(kind), t('history:bin.when', { when: ago(row.deletedAt) }), row.actor?.name];
  return (
    <article className={styles.binRow}>
      <Checkbox
        size="xs"
        checked={chosen}
        aria-label={t('history:bin.choose', { title: row.title })}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
      <RecordMark kind={row.kind} id={row.id} name={row.title} size={24} />
      <div className={styles.body}>
        <p>{kindView(row.kind)?.page ? <a href={href(recordPath(row.kind, row.id))}>{row.title}</a> : row.title}</p>
        <small title={moment(row.deletedAt)}>{told.filter(Boolean).join(' · ')}</small>
      </div>
      <div className={styles.side}>
        <Button size="xs" variant="default" onClick={restore}>
          {t('action.restore')}
        </Button>
        <Button size="xs" variant="subtle" color="red" onClick={purge}>
          {t('purge.action')}
        </Button>
      </div>
    </article>
  );
}
