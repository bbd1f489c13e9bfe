import { useTranslation } from 'react-i18next';
import type { ComposerProps } from '@/lib/modules';
import { titleOf } from '@/lib/words';
import { MarkupInput } from '@/ui/markup/MarkupInput';
import { ComposeForm } from './compose/ComposeForm';
import { useCompose } from './compose/useCompose';
import styles from './note.module.css';

const start = { text: '' };

/** Writes a note about a record. Every key stroke is kept in this browser: a crash or a closed window loses no word. */
export function NoteComposer({ kind, record }: ComposerProps) {
  const { t } = useTranslation();
  const { form, set, at, frame } = useCompose({
    makes: 'note',
    draft: `draft:new-note:${record.id}`,
    start,
    shown: [],
    values: ({ text }) => ({ about: record.id, text: text.trim() }),
    said: () => t('activities:note.saved', { title: titleOf(record) }),
    owner: { kind: kind.name, id: record.id },
  });
  const ready = form.text.trim() !== '';
  return (
    <ComposeForm
      {...frame}
      button={t('activities:note.save')}
      ready={ready}
      write={(foot) => (
        <MarkupInput
          data-composer
          variant="unstyled"
          aria-label={t('activities:note.label', { title: titleOf(record) })}
          placeholder={t('activities:note.placeholder')}
          value={form.text}
          error={at('text') ?? frame.fault}
          onText={(text) => set({ text })}
          onSave={() => ready && frame.onSave()}
          onEscape={(field) => field.blur()}
          footClass={styles.foot}
        >
          <span className={styles.end}>{foot}</span>
        </MarkupInput>
      )}
    />
  );
}
