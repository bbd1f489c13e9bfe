import { Input } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Links } from '@/api/types';
import { RecordPicker } from '@/ui/fields/RecordPicker';
import { CloseIcon } from '@/ui/icons';
import { RecordMark } from '@/ui/RecordMark';
import styles from './parties.module.css';

/** A company or person that takes part. */
export type Party = { id: string; kind: string; title: string };

type Props = {
  label: string;
  value: Party[];
  /** Takes part anyway: the record beside which the form stands. */
  fixed?: string;
  error?: string;
  onChange: (value: Party[]) => void;
};

/** Several companies and people, one picked after the other. */
export function PartiesInput({ label, value, fixed, error, onChange }: Props) {
  const { t } = useTranslation();
  const [added, setAdded] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const remove = (party: Party) => {
    onChange(value.filter((p) => p !== party));
    box.current?.focus(); // the button that had the focus goes with its row
  };
  const add = (id: string | null, found?: Links) => {
    const link = id ? found?.[id] : undefined;
    if (!id || !link) return;
    if (!value.some((p) => p.id === id)) onChange([...value, { id, kind: link.kind, title: link.title }]);
    setAdded((n) => n + 1);
  };
  return (
    <div ref={box} tabIndex={-1} className={styles.parties}>
      {value.length > 0 && (
        <>
          <Input.Label component="span">{label}</Input.Label>
          <ul aria-label={label}>
            {value.map((party) => (
              <li key={party.id}>
                <RecordMark kind={party.kind} id={party.id} name={party.title} size={18} />
                <bdi>{party.title}</bdi>
                {party.id !== fixed && (
                  <button
                    type="button"
                    aria-label={t('activities:page.meeting.without', { title: party.title })}
                    onClick={() => remove(party)}
                  >
                    <CloseIcon size={13} />
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <RecordPicker
        key={added}
        label={value.length > 0 ? undefined : label}
        aria-label={label}
        targets={['person', 'company']}
        value={null}
        title=""
        error={error}
        placeholder={value.length > 0 ? t('activities:page.meeting.more') : undefined}
        autoFocus={added > 0}
        onPick={add}
      />
    </div>
  );
}
