import { Button, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BinRow } from '@/api/types';
import { number } from '@/lib/format';
import styles from './history.module.css';

type Props = {
  rows: BinRow[];
  picked: BinRow[];
  total: number;
  all: (on: boolean) => void;
  restore: () => void;
  purge: () => void;
};

/** What can be done with many: those that are ticked, or all that the filter finds. */
export function BinBar({ rows, picked, total, all, restore, purge }: Props) {
  const { t } = useTranslation();
  const some = picked.length > 0;
  const count = some ? picked.length : total;
  return (
    <div className={styles.binBar}>
      <Checkbox
        size="xs"
        checked={some && picked.length === rows.length}
        indeterminate={some && picked.length < rows.length}
        label={
          some
            ? t('history:bin.picked', { count: picked.length, number: number(picked.length) })
            : t('history:bin.count', { count: total, number: number(total) })
        }
        onChange={(event) => all(event.currentTarget.checked)}
      />
      <Button size="xs" variant="default" onClick={restore}>
        {t(some ? 'history:bin.restoreMany' : 'history:bin.restoreAll', { count, number: number(count) })}
      </Button>
      <Button size="xs" variant="subtle" color="red" onClick={purge}>
        {t(some ? 'history:bin.purgeMany' : 'history:bin.empty', { count, number: number(count) })}
      </Button>
    </div>
  );
}
