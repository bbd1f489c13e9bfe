import { ActionIcon, Button, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import type { Kind, ListRow, Row } from '@/api/types';
import { languageName } from '@/lib/format';
import { optionLabel, titleOf } from '@/lib/words';
import { Block } from '@/ui/Block';
import { CopyIcon, DownloadIcon } from '@/ui/icons';
import related from '@/ui/record/Related.module.css';
import { reportFault } from '@/ui/undo';
import styles from './letter.module.css';
import { letterOf, saveCard } from './requests';
import { tellSaved } from './tellSaved';

/** The languages that Kontor greets in. */
const languages = ['de', 'en', 'fr', 'it', 'es', 'nl', 'pl'];

/** What a letter begins with, ready to be copied: the envelope as the post wants it and the greeting. */
export function Letter({ kind, record }: { kind: Kind; record: Row }) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState('');
  const [address, setAddress] = useState('');
  const found = useQuery({
    // Its parts are those of the record and of its company: it is read anew with them.
    queryKey: ['record', kind.name, record.id, 'letter', language, address, record.version],
    queryFn: ({ signal }) => letterOf(kind.name, record.id, language, address, signal),
    placeholderData: keepPreviousData,
  });
  const letter = found.data;
  if (!letter) return null;
  const types = [
    ...new Set((Array.isArray(record.addresses) ? record.addresses : []).map((row: ListRow) => String(row.type ?? ''))),
  ].filter(Boolean);
  const copy = async (text: string, said: string) => {
    try {
      await platform().copy(text);
      notifications.show({ message: t(said), withBorder: true });
    } catch (error) {
      reportFault(error);
    }
  };
  const tool = (label: string, text: string, said: string) => (
    <ActionIcon variant="subtle" color="gray" size={26} aria-label={t(label)} onClick={() => void copy(text, said)}>
      <CopyIcon size={15} />
    </ActionIcon>
  );
  return (
    <Block title={t('contacts:page.letter.title')}>
      <div className={styles.part}>
        {letter.address.length > 0 ? (
          <address className={styles.envelope}>
            {letter.envelope.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an address can be the same
              <span key={i}>{line}</span>
            ))}
          </address>
        ) : (
          <p className={related.none}>{t('contacts:page.letter.noAddress')}</p>
        )}
        {letter.address.length > 0 &&
          tool('contacts:page.letter.copyEnvelope', letter.envelope.join('\n'), 'contacts:page.letter.envelopeCopied')}
      </div>
      <div className={styles.part}>
        <p className={styles.greeting} lang={letter.language}>
          {letter.greeting}
          {letter.own && <small>{t('contacts:page.letter.own')}</small>}
        </p>
        {tool('contacts:page.letter.copyGreeting', letter.greeting, 'contacts:page.letter.greetingCopied')}
      </div>
      <div className={styles.choices}>
        <Select
          size="xs"
          aria-label={t('contacts:page.letter.language')}
          value={language}
          allowDeselect={false}
          data={[
            { value: '', label: t('contacts:page.letter.ownLanguage', { language: languageName(letter.language) }) },
            ...languages.map((value) => ({ value, label: languageName(value) })),
          ]}
          onChange={(next) => setLanguage(next ?? '')}
        />
        {types.length > 1 && (
          <Select
            size="xs"
            aria-label={t('contacts:page.letter.address')}
            value={address || (types.includes('post') ? 'post' : (types[0] ?? ''))}
            allowDeselect={false}
            data={types.map((value) => ({ value, label: optionLabel(kind, { key: 'type' }, value, 'addresses') }))}
            onChange={(next) => setAddress(next ?? '')}
          />
        )}
      </div>
      <Button
        className={styles.card}
        size="compact-xs"
        variant="default"
        leftSection={<DownloadIcon size={13} />}
        onClick={() => void tellSaved(1, () => saveCard(kind.name, record.id, titleOf(record)))}
      >
        {t('contacts:page.card.save')}
      </Button>
    </Block>
  );
}
