import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft } from './document';
import type { Editing } from './Editing';
import styles from './head.module.css';

type Props = {
  editing: Editing;
  draft: Draft;
  faults: Record<string, string>;
  names: ('intro' | 'closing' | 'terms')[];
};

/** The words around the lines. */
export function TextFields({ editing, draft, faults, names }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.texts}>
      {names.map((name) => (
        <Textarea
          key={name}
          label={t(`sales:field.quotation.${name}`)}
          placeholder={t(`sales:page.texts.${name}`)}
          autosize
          minRows={name === 'terms' ? 2 : 1}
          maxRows={12}
          value={draft[name]}
          error={faults[name]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            editing.change((old) => ({ ...old, [name]: value }));
          }}
        />
      ))}
    </div>
  );
}
