import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createRecord, refresh } from '@/api/queries';
import type { Links, Values } from '@/api/types';
import { type Choice, currencyChoices } from '@/lib/codes';
import { quote } from '@/lib/filter';
import { languageName } from '@/lib/format';
import { DayInput } from '@/ui/fields/DayInput';
import { RecordPicker } from '@/ui/fields/RecordPicker';
import { reportChange, reportFault } from '@/ui/undo';
import type { Draft } from './document';
import type { Editing } from './Editing';
import styles from './head.module.css';

type Props = {
  editing: Editing;
  draft: Draft;
  links: Links;
  onLinks: (links: Links) => void;
  faults: Record<string, string>;
};

const languages = ['en', 'de'];
const codes = (): Choice[] => currencyChoices().map(({ value }) => ({ value, label: value }));

/** Who the quotation is for, until when, and in which money and language. */
export function HeadFields({ editing, draft, links, onLinks, faults }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const set = (patch: Partial<Draft>) => editing.change((old) => ({ ...old, ...patch }));
  const title = (id: string) => (id ? (links[id]?.title ?? '') : '');

  const create = async (kind: 'company' | 'person', values: Values) => {
    try {
      const saved = await createRecord(kind, values);
      refresh(client, [{ kind, id: saved.record.id }]);
      reportChange(t('create.done', { title: saved.record.label }), saved.batch);
      onLinks({ [saved.record.id]: { kind, title: saved.record.label } });
      set({ [kind]: saved.record.id });
    } catch (error) {
      reportFault(error);
    }
  };
  const pick = (kind: 'company' | 'person') => (id: string | null, links?: Links) => {
    if (links) onLinks(links);
    set({ [kind]: id ?? '' });
  };

  return (
    <div className={styles.fields}>
      <div data-for="company">
        <RecordPicker
          targets={['company']}
          placeholder={t('sales:page.head.find.company')}
          label={t('sales:field.quotation.company')}
          value={draft.company}
          title={title(draft.company)}
          error={faults.company}
          onPick={pick('company')}
          create={{
            label: (name) => t('sales:page.head.create.company', { name }),
            run: (name) => create('company', { name }),
          }}
        />
      </div>
      <div data-for="person">
        <RecordPicker
          targets={['person']}
          placeholder={t('sales:page.head.find.person')}
          label={t('sales:field.quotation.person')}
          value={draft.person}
          title={title(draft.person)}
          where={draft.company ? `roles.company = ${quote(draft.company)}` : ''}
          error={faults.person}
          onPick={pick('person')}
          create={{
            label: (name) => t('sales:page.head.create.person', { name }),
            run: (name) =>
              create('person', { name, ...(draft.company ? { roles: [{ company: draft.company }] } : {}) }),
          }}
        />
      </div>
      <TextInput
        wrapperProps={{ 'data-for': 'reference' }}
        label={t('sales:field.quotation.reference')}
        autoComplete="off"
        value={draft.reference}
        error={faults.reference}
        onChange={(event) => set({ reference: event.currentTarget.value })}
      />
      <DayInput
        label={t('sales:field.quotation.date')}
        value={draft.date || null}
        error={faults.date}
        onChange={(date) => set({ date: date ?? '' })}
      />
      <DayInput
        label={t('sales:field.quotation.validUntil')}
        value={draft.validUntil || null}
        error={faults.validUntil}
        onChange={(validUntil) => set({ validUntil: validUntil ?? '' })}
      />
      <Select
        wrapperProps={{ 'data-for': 'short' }}
        label={t('sales:field.quotation.currency')}
        data={codes()}
        searchable
        allowDeselect={false}
        value={draft.currency}
        error={faults.currency}
        nothingFoundMessage={t('pick.none')}
        onChange={(currency) => currency && set({ currency })}
      />
      <Select
        wrapperProps={{ 'data-for': 'short' }}
        label={t('sales:field.quotation.language')}
        data={languages.map((value) => ({ value, label: languageName(value) }))}
        allowDeselect={false}
        value={languages.find((l) => draft.language.startsWith(l)) ?? null}
        error={faults.language}
        onChange={(language) => language && set({ language })}
      />
      <div className={styles.prices} data-for="short">
        <span className={styles.label} id="prices-label">
          {t('sales:field.quotation.prices')}
        </span>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-labelledby="prices-label"
          value={draft.prices}
          onChange={(prices) => set({ prices: prices === 'gross' ? 'gross' : 'net' })}
          data={(['net', 'gross'] as const).map((value) => ({
            value,
            label: t(`sales:option.quotation.prices.${value}`),
          }))}
        />
      </div>
    </div>
  );
}
