import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { number } from '@/lib/format';
import { kindMany, kindOne } from '@/lib/words';
import { type BinChoice, referring } from './binJob';
import styles from './PurgeDialog.module.css';

type Props = { choice: BinChoice; along: string[]; disabled: boolean; onChange: (kinds: string[]) => void };

/** What lies in the bin too and refers to what shall go: as long as it is there it holds that back. */
export function PurgeAlong({ choice, along, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const found = useQuery({
    queryKey: ['purge', 'referring', choice],
    queryFn: () => referring(choice),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const counts = found.data?.kinds ?? [];
  if (counts.length === 0) return null;
  return (
    <fieldset className={styles.along} disabled={disabled}>
      <legend>{t('purge.along')}</legend>
      {counts.map(({ kind: name, count }) => {
        const kind = kinds.find((k) => k.name === name);
        if (!kind) return null;
        return (
          <Checkbox
            key={name}
            size="xs"
            label={`${number(String(count))} ${count === 1 ? kindOne(kind) : kindMany(kind)}`}
            checked={along.includes(name)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...along, name] : along.filter((other) => other !== name))
            }
          />
        );
      })}
    </fieldset>
  );
}
