import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/house';
import { type ComposerProps, composers } from '@/lib/modules';
import styles from './Composer.module.css';

/** Where something new about a record is written: notes now; other modules add their own forms here. */
export function Composer(props: ComposerProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const all = composers().filter(({ makes }) => {
    const [key, part] = makes.link.split('.');
    const link = kinds.find((k) => k.name === makes.kind)?.fields.find((f) => f.key === key);
    const target = part ? link?.fields?.find((f) => f.key === part) : link;
    return target?.targets?.includes(props.kind.name);
  });
  const [id, setId] = useState(all[0]?.id);
  const chosen = all.find((c) => c.id === id) ?? all[0];
  if (!chosen) return null;
  const Form = chosen.Form;
  return (
    <div className={styles.composer}>
      <Form {...props} />
      {all.length > 1 && (
        <SegmentedControl
          size="xs"
          value={chosen.id}
          onChange={setId}
          aria-label={t('composer.what')}
          data={all.map((c) => ({ value: c.id, label: t(c.title) }))}
        />
      )}
    </div>
  );
}
