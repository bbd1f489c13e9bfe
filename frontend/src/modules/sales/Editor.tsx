import { Button, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/queries';
import type { Links } from '@/api/types';
import { useCommands } from '@/lib/commands';
import { moment } from '@/lib/format';
import { keep, recall } from '@/lib/keep';
import { useGo } from '@/lib/nav';
import { Badge } from '@/ui/Badge';
import { IssueIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { reportFault } from '@/ui/undo';
import { BackLink } from './BackLink';
import { DraftMenu } from './DraftMenu';
import { isBlank, type Line, noTax, type Tax } from './document';
import type { Editing } from './Editing';
import styles from './editor.module.css';
import { sortFaults } from './faults';
import { HeadFields } from './HeadFields';
import { IssueDialog } from './IssueDialog';
import { LineGrid } from './LineGrid';
import { OwnFields } from './OwnFields';
import { Preview } from './Preview';
import { finaliseQuotation, storedKey } from './requests';
import { SaveStatus } from './SaveStatus';
import { TextFields } from './TextFields';
import { Totals } from './Totals';
import { useFigures } from './useFigures';
import { useUsualTax } from './useUsualTax';
import { VersionsDialog } from './VersionsDialog';

type Props = { editing: Editing; links: Links; restoredAt?: string; onStartOver: () => void };

/** A draft: the grid on the left, the live paper on the right. Below 1320 px the paper is a tab. */
export function Editor({ editing, links: given, restoredAt, onStartOver }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const client = useQueryClient();
  const draft = editing.draft.use();
  const state = editing.state.use();
  const wide = useMediaQuery('(min-width: 1320px)', undefined, { getInitialValueInEffect: false });
  const priced = useFigures(draft);
  const [found, setFound] = useState<Links>({});
  const [issuing, setIssuing] = useState(false);
  const [comparing, setComparing] = useState(true);
  const [restored, setRestored] = useState(restoredAt);
  const [usualTax, setUsualTax] = useState<Tax>(() => recall('sales:tax', noTax));
  const links = { ...given, ...found };
  const onLinks = (more: Links) => setFound((old) => ({ ...old, ...more }));
  const customer = links[draft.company]?.title ?? links[draft.person]?.title ?? '';
  const title = draft.subject.trim() || t('sales:page.untitled');

  // A line nobody has begun takes the usual tax once it is known.
  const takeUsual = useCallback(
    (tax: Tax) => {
      setUsualTax(tax);
      editing.change((old) => {
        const open = (line: Line) => isBlank(line) && !line.tax.rate;
        return old.lines.some(open)
          ? { ...old, lines: old.lines.map((line) => (open(line) ? { ...line, tax } : line)) }
          : old;
      });
    },
    [editing],
  );
  useUsualTax(usualTax, takeUsual);
  const onTax = useCallback((tax: Tax) => {
    const simple = { ...noTax, rate: tax.rate };
    if (tax.category && tax.category !== 'S') return;
    keep('sales:tax', simple);
    setUsualTax(simple);
  }, []);
  useEffect(() => {
    const stored = editing.onStored;
    editing.onStored = (saved, first) => {
      client.setQueryData(storedKey(saved.id), saved);
      setFound((old) => ({ ...old, ...saved.links }));
      stored(saved, first);
    };
    window.addEventListener('pagehide', editing.leave);
    return () => {
      window.removeEventListener('pagehide', editing.leave);
      editing.leave();
    };
  }, [editing, client]);
  useEffect(() => {
    if (state.phase === 'stale') setComparing(true);
  }, [state.phase]);

  const issue = async () => {
    if (!(await editing.flush())) {
      const now = editing.state.get();
      throw now.phase === 'failed' ? now.error : new Error('unsaved');
    }
    const stored = await finaliseQuotation(editing.id, editing.version);
    setIssuing(false);
    refresh(client, [{ kind: 'quotation', id: editing.id }]);
    client.setQueryData(storedKey(stored.id), stored);
    go(`/quotation/${stored.id}`);
  };
  const askToIssue = async () => {
    if (await editing.flush()) setIssuing(true);
    else document.querySelector<HTMLElement>('#page [aria-invalid="true"]')?.focus();
  };

  useCommands([
    { id: 'record.back', title: 'ui:command.back', group: 'page', shortcut: 'escape', run: () => go('/quotation') },
    {
      id: 'quotation.line',
      title: 'sales:page.lines.add',
      group: 'page',
      run: () => document.querySelector<HTMLElement>('[data-add-line]')?.click(),
    },
    { id: 'quotation.issue', title: 'sales:page.issue.command', group: 'page', run: () => void askToIssue() },
    {
      id: 'save',
      title: 'sales:page.save.now',
      group: 'page',
      shortcut: 'mod+s',
      anywhere: true,
      run: () => void editing.flush().catch(reportFault),
    },
  ]);

  const saveFaults = state.phase === 'refused' ? state.faults : [];
  const { cells, head } = sortFaults([...priced.faults, ...saveFaults], priced.faultLines);
  const paper = <Preview draft={draft} title={title} />;
  const form = (
    <div className={styles.form}>
      <header className={styles.head}>
        <div className={styles.title}>
          <span className={styles.kind}>
            {t('sales:kind.quotation.one')} <Badge tone="yellow">{t('sales:option.quotation.status.draft')}</Badge>
          </span>
          <input
            type="text"
            className={styles.subject}
            aria-label={t('sales:field.quotation.subject')}
            placeholder={t('sales:page.subjectHint')}
            value={draft.subject}
            onChange={(event) => {
              const subject = event.currentTarget.value;
              editing.change((old) => ({ ...old, subject }));
            }}
          />
        </div>
        <Button leftSection={<IssueIcon size={16} />} onClick={() => void askToIssue()}>
          {t('sales:page.issue.command')}
        </Button>
      </header>
      {restored && (
        <p className={styles.restored} role="status">
          {t('sales:page.restored', { when: moment(restored) })}{' '}
          <button
            type="button"
            onClick={() => {
              setRestored(undefined);
              onStartOver();
            }}
          >
            {t('sales:page.startOver')}
          </button>
        </p>
      )}
      <HeadFields editing={editing} draft={draft} links={links} faults={head} onLinks={onLinks} />
      <TextFields editing={editing} draft={draft} faults={head} names={['intro']} />
      <LineGrid editing={editing} draft={draft} priced={priced} faults={cells} usualTax={usualTax} onTax={onTax} />
      {head.lines && (
        <p className={styles.fault} role="alert">
          {head.lines}
        </p>
      )}
      <Totals
        figures={priced.figures}
        fresh={priced.fresh}
        currency={draft.currency}
        prices={draft.prices}
        discount={draft.discount}
        fault={head.discount}
        onDiscount={(discount) => editing.change((old) => ({ ...old, discount }))}
      />
      <TextFields editing={editing} draft={draft} faults={head} names={['closing', 'terms']} />
      <OwnFields editing={editing} draft={draft} links={links} faults={head} onLinks={onLinks} />
    </div>
  );

  return (
    <>
      <PageBar title={title} back={<BackLink />}>
        <SaveStatus editing={editing} onCompare={() => setComparing(true)} />
        <DraftMenu editing={editing} />
      </PageBar>
      {wide ? (
        <div className={styles.panes}>
          <div className={styles.left}>{form}</div>
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
            <Tabs.Tab value="edit">{t('sales:page.tab.edit')}</Tabs.Tab>
            <Tabs.Tab value="paper">{t('sales:page.tab.paper')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="edit">{form}</Tabs.Panel>
          <Tabs.Panel value="paper" className={styles.paperPanel}>
            {paper}
          </Tabs.Panel>
        </Tabs>
      )}
      <IssueDialog
        open={issuing}
        draft={draft}
        customer={customer}
        figures={priced.figures}
        onClose={() => setIssuing(false)}
        onIssue={issue}
      />
      <VersionsDialog
        stored={comparing && state.phase === 'stale' ? state.stored : undefined}
        draft={draft}
        links={links}
        company={(id) =>
          (state.phase === 'stale' ? state.stored.links[id]?.title : undefined) ?? links[id]?.title ?? ''
        }
        onClose={() => setComparing(false)}
        onMine={() => state.phase === 'stale' && void editing.insist(state.stored)}
        onStored={() => state.phase === 'stale' && editing.adopt(state.stored)}
      />
    </>
  );
}
