import { Checkbox, Pill } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Kind, Links } from '@/api/types';
import { isMe, type Literal, me } from '@/lib/filter';
import { RecordPicker } from '../fields/RecordPicker';
import styles from './FilterBar.module.css';
import type { Place } from './filterFields';
import { useTitles } from './useTitles';

type Props = {
  place: Place;
  kinds: Kind[];
  many: boolean;
  values: Literal[];
  links: Links;
  onChange: (values: Literal[], links?: Links) => void;
};

/** Records that a link may lead to: one or several, and where people are asked for also whoever looks. */
export function LinkValues({ place, many, values, links, onChange }: Props) {
  const { t } = useTranslation();
  const titles = useTitles(place.field, values, links);
  const targets = place.field.targets ?? [];
  const records = values.filter((v) => !isMe(v));
  const mine = values.some(isMe);
  const [only] = records;
  const keep = mine ? [me] : [];
  return (
    <>
      {targets.includes('user') && (
        <Checkbox
          size="xs"
          label={t('view:page.filter.meWho')}
          checked={mine}
          onChange={(e) => onChange(e.currentTarget.checked ? (many ? [me, ...records] : [me]) : records)}
        />
      )}
      {many && records.length > 0 && (
        <Pill.Group className={styles.pills}>
          {records.map((v) => (
            <Pill
              key={v.text}
              withRemoveButton
              removeButtonProps={{
                'aria-label': t('view:page.filter.without', { name: titles[v.text] ?? v.text }),
                'aria-hidden': false,
                tabIndex: 0,
              }}
              onRemove={() => onChange(values.filter((other) => other !== v))}
            >
              {titles[v.text] ?? v.text}
            </Pill>
          ))}
        </Pill.Group>
      )}
      {(many || !mine) && (
        <RecordPicker
          key={many ? records.length : 'one'}
          label={t('filter.value')}
          targets={targets}
          value={many ? null : (only?.text ?? null)}
          title={many || !only ? '' : (titles[only.text] ?? only.text)}
          onPick={(id, more) => {
            if (!id) return onChange(many ? values : keep);
            const rest = many ? values.filter((v) => v.text !== id) : [];
            onChange([...rest, { text: id }], more);
          }}
        />
      )}
    </>
  );
}
