import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import type { Options, Session } from './requests';
import { SampleTable } from './SampleTable';
import styles from './transfer.module.css';

type Props = { session: Session; busy: boolean; onChange: (options: Options) => Promise<boolean> };

const encodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'utf-16le', 'macintosh', 'ibm850'];
const shownRows = 20;

/** Which sheet of the file, and which of its rows holds the titles. */
export function SheetStep({ session, busy, onChange }: Props) {
  const { t } = useTranslation();
  const rows = Math.max(shownRows, session.header);
  const delimiters = [';', ',', '\t', '|'];
  const isText = Boolean(session.delimiter || session.encoding);
  const known = session.encoding?.toLowerCase();
  return (
    <>
      <h2>{t('transfer:page.sheet.title')}</h2>
      <p className={styles.intro}>
        {t('transfer:page.sheet.found', {
          file: session.file,
          count: session.rows,
          number: number(session.rows),
          columns: session.mapping.length,
        })}
      </p>
      <div className={styles.choices} aria-busy={busy}>
        {session.sheets.length > 1 && (
          <Select
            label={t('transfer:page.sheet.sheet')}
            data={session.sheets.map((s) => ({
              value: s.name,
              label: t(s.hidden ? 'transfer:page.sheet.hidden' : 'transfer:page.sheet.size', {
                name: s.name,
                rows: number(s.rows),
              }),
            }))}
            allowDeselect={false}
            value={session.sheet}
            onChange={(sheet) => sheet && sheet !== session.sheet && void onChange({ sheet })}
          />
        )}
        <Select
          label={t('transfer:page.sheet.header')}
          data={[
            { value: '-1', label: t('transfer:page.sheet.noHeader') },
            ...Array.from({ length: rows }, (_, i) => ({
              value: String(i + 1),
              label: t('transfer:page.sheet.row', { row: i + 1 }),
            })),
          ]}
          allowDeselect={false}
          searchable
          value={session.header === 0 ? '-1' : String(session.header)}
          onChange={(row) => row && void onChange({ header: Number(row) })}
        />
        {isText && (
          <Select
            label={t('transfer:page.sheet.encoding')}
            description={session.encodingSure ? undefined : t('transfer:page.sheet.unsure')}
            data={known && !encodings.includes(known) ? [known, ...encodings] : encodings}
            allowDeselect={false}
            value={known ?? null}
            onChange={(encoding) => encoding && void onChange({ encoding })}
          />
        )}
        {isText && (
          <Select
            label={t('transfer:page.sheet.delimiter')}
            data={delimiters.map((value) => ({ value, label: value === '\t' ? t('transfer:page.sheet.tab') : value }))}
            allowDeselect={false}
            value={session.delimiter ?? null}
            onChange={(delimiter) => delimiter && void onChange({ delimiter })}
          />
        )}
      </div>
      <SampleTable session={session} />
    </>
  );
}
