import { ActionIcon, Button, Menu, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import { useCommands } from '@/lib/commands';
import { day, moment } from '@/lib/format';
import { href, recordPath, useGo } from '@/lib/nav';
import { Badge } from '@/ui/Badge';
import { DownloadIcon, DuplicateIcon, HistoryIcon, MoreIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { PdfView } from '@/ui/paper/PdfView';
import { reportFault } from '@/ui/undo';
import { BackLink } from './BackLink';
import { copyQuotation } from './copyQuotation';
import { draftOf } from './document';
import styles from './editor.module.css';
import { IssuedLines } from './IssuedLines';
import { IssuedOwn } from './IssuedOwn';
import { paperOf, type Stored } from './requests';
import { Totals } from './Totals';

/** An issued quotation stays as it is: it is read, saved as PDF, or taken as the start of a new draft. */
export function Issued({ stored }: { stored: Stored }) {
  const { t } = useTranslation();
  const go = useGo();
  const wide = useMediaQuery('(min-width: 1320px)', undefined, { getInitialValueInEffect: false });
  const [busy, setBusy] = useState(false);
  const pdf = useQuery({
    queryKey: ['paper', 'quotation', stored.id, stored.record.pdf],
    queryFn: ({ signal }) => paperOf(stored.id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [draft] = useState(() => draftOf(stored.document));
  const title = stored.record.label || stored.number;

  const save = async () => {
    setBusy(true);
    try {
      await platform().saveFile(`${stored.number}.pdf`, await paperOf(stored.id));
    } catch (error) {
      reportFault(error);
    } finally {
      setBusy(false);
    }
  };
  const copy = async () => {
    try {
      go(`/quotation/${(await copyQuotation(stored.document)).id}`);
    } catch (error) {
      reportFault(error);
    }
  };
  useCommands([
    { id: 'record.back', title: 'ui:command.back', group: 'page', shortcut: 'escape', run: () => go('/quotation') },
    { id: 'quotation.pdf', title: 'sales:page.paper.save', group: 'page', run: () => void save() },
    { id: 'quotation.copy', title: 'sales:page.copy', group: 'page', run: () => void copy() },
  ]);

  const link = (id: string) => {
    const target = stored.links[id];
    return target && <a href={href(recordPath(target.kind, id))}>{target.title}</a>;
  };
  const facts = [
    ['company', link(draft.company)],
    ['person', link(draft.person)],
    ['reference', draft.reference],
    ['date', draft.date && day(draft.date)],
    ['validUntil', draft.validUntil && day(draft.validUntil)],
    ['finalisedAt', stored.record.finalisedAt ? moment(String(stored.record.finalisedAt)) : ''],
  ] as const;
  const paper = <PdfView bytes={pdf.data} error={pdf.error} label={t('sales:page.paper.label', { title })} />;
  const content = (
    <div className={styles.form}>
      <header className={styles.head}>
        <div className={styles.title}>
          <span className={styles.kind}>
            {stored.number} <Badge tone="teal">{t('sales:option.quotation.status.final')}</Badge>
          </span>
          <h2 className={styles.subjectRead}>{draft.subject || t('sales:page.untitled')}</h2>
        </div>
        <Button leftSection={<DownloadIcon size={16} />} loading={busy} onClick={() => void save()}>
          {t('sales:page.paper.save')}
        </Button>
      </header>
      <dl className={styles.facts}>
        {facts.map(
          ([key, value]) =>
            value && (
              <div key={key}>
                <dt>{t(`sales:field.quotation.${key}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {draft.intro && <p className={styles.words}>{draft.intro}</p>}
      <IssuedLines draft={draft} figures={stored.figures} />
      <Totals
        figures={stored.figures}
        fresh
        currency={draft.currency}
        prices={draft.prices}
        discount={draft.discount}
      />
      {draft.closing && <p className={styles.words}>{draft.closing}</p>}
      {draft.terms && <p className={styles.words}>{draft.terms}</p>}
      <IssuedOwn stored={stored} />
    </div>
  );
  return (
    <>
      <PageBar title={title} back={<BackLink />}>
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('record.menu')}>
              <MoreIcon size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<DuplicateIcon size={16} />} onClick={() => void copy()}>
              {t('sales:page.copy')}
            </Menu.Item>
            <Menu.Item
              leftSection={<HistoryIcon size={16} />}
              onClick={() => go(`/history?record=${stored.id}&kind=quotation`)}
            >
              {t('record.history')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </PageBar>
      {wide ? (
        <div className={styles.panes}>
          <div className={styles.left}>{content}</div>
          <div className={styles.right}>{paper}</div>
        </div>
      ) : (
        <Tabs
          defaultValue="edit"
          keepMounted={false}
          className={styles.tabs}
          classNames={{ list: styles.tabList, panel: styles.tabPanel }}
        >
          <Tabs.List>
            <Tabs.Tab value="edit">{t('sales:page.tab.read')}</Tabs.Tab>
            <Tabs.Tab value="paper">{t('sales:page.tab.paper')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="edit">{content}</Tabs.Panel>
          <Tabs.Panel value="paper" className={styles.paperPanel}>
            {paper}
          </Tabs.Panel>
        </Tabs>
      )}
    </>
  );
}
