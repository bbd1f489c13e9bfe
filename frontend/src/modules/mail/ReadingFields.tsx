import { Radio, Select, TagsInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DayInput } from '@/ui/fields/DayInput';
import styles from './accountDialog.module.css';
import type { FolderChoice } from './form';
import { type Account, foldersKey, type Status, statusQuery } from './requests';
import type { FieldsProps } from './ServerFields';

/** What is read out of the mailbox, and which of it Kontor keeps. */
export function ReadingFields({ form, account, at, onChange }: FieldsProps & { account: Account | undefined }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const told = account && client.getQueryData<string[]>(foldersKey(account.id));
  const seen = client.getQueryData<Status[]>(statusQuery.queryKey)?.find((s) => s.id === account?.id);
  const known = told ?? seen?.folders.map((f) => f.name) ?? ['INBOX', 'Sent'];
  return (
    <>
      <Radio.Group
        label={t('mail:page.form.mode')}
        value={form.mode}
        error={at('mode')}
        onChange={(mode) => onChange({ mode })}
      >
        <div className={styles.choices}>
          {['known', 'everything'].map((mode) => (
            <Radio
              key={mode}
              size="xs"
              value={mode}
              label={t(`mail:page.mode.${mode}.label`)}
              description={t(`mail:page.mode.${mode}.hint`)}
            />
          ))}
        </div>
      </Radio.Group>
      <div className={styles.pair}>
        <Select
          label={t('mail:page.form.folders')}
          error={form.folders === 'chosen' ? undefined : at('folders')}
          allowDeselect={false}
          data={(['auto', 'all', 'chosen'] as FolderChoice[]).map((value) => ({
            value,
            label: t(`mail:page.form.folder.${value}`),
          }))}
          value={form.folders}
          onChange={(next) => onChange({ folders: (next ?? 'auto') as FolderChoice })}
        />
        <DayInput
          label={t('mail:page.form.since')}
          placeholder={t('mail:page.form.sinceNone')}
          value={form.since}
          error={at('since')}
          onChange={(since) => onChange({ since })}
        />
      </div>
      {form.folders === 'chosen' && (
        <TagsInput
          label={t('mail:page.form.chosen')}
          description={t('mail:page.form.chosenHint')}
          data={known.filter((name) => !form.chosen.includes(name))}
          value={form.chosen}
          error={at('folders')}
          splitChars={[',']}
          acceptValueOnBlur
          comboboxProps={{ shadow: 'md', transitionProps: { duration: 60 } }}
          onChange={(chosen) => onChange({ chosen })}
        />
      )}
    </>
  );
}
