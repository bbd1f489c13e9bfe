import { Button, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '@/api/client';
import { useKind } from '@/api/house';
import { createRecord, refresh } from '@/api/queries';
import type { Values } from '@/api/types';
import { caps } from '@/lib/commands';
import { keep, recall } from '@/lib/keep';
import { recordPath, useGo } from '@/lib/nav';
import { titleOf } from '@/lib/words';
import { explain } from '@/ui/explain';
import { Keys } from '@/ui/Keys';
import { PageBar } from '@/ui/PageBar';
import { reportChange } from '@/ui/undo';
import { PastedCard } from './PastedCard';
import styles from './paste.module.css';
import { filled, type Proposal, pasteDraft, type Side } from './proposal';

/** A pasted signature or address becomes a company and a person: what was read of it is shown and changed first. */
export function PastePage() {
  const { t } = useTranslation();
  const go = useGo();
  const client = useQueryClient();
  const kinds = { company: useKind('company'), person: useKind('person') };
  const [text, setText] = useState(() => recall(pasteDraft, ''));
  const [asked] = useDebouncedValue(text.trim(), 250);
  const found = useQuery({
    queryKey: ['paste', asked],
    queryFn: ({ signal }) => call<Proposal>('/contacts/paste', { method: 'POST', json: { text: asked }, signal }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  });
  const proposal = asked ? found.data : undefined;
  const [edits, setEdits] = useState<Record<Side, Values>>({ company: {}, person: {} });
  const [left, setLeft] = useState<Record<Side, boolean>>({ company: false, person: false });
  const [fault, setFault] = useState<{ side: Side; error: unknown } | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => keep(pasteDraft, text || undefined), [text]);
  // Another text is another reading: changes to the old one mean nothing for it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the text that was read decides
  useEffect(() => setEdits({ company: {}, person: {} }), [asked]);

  const values = (side: Side): Values => ({ ...proposal?.[side], ...edits[side] });
  const wanted = (['company', 'person'] as const).filter((side) => filled(values(side)) && !left[side]);

  const create = async () => {
    if (busy || wanted.length === 0) return;
    setBusy(true);
    setFault(null);
    let last: { kind: Side; id: string } | undefined;
    let employer: string | undefined;
    for (const side of wanted) {
      try {
        const own = side === 'person' && employer ? { company: employer } : {};
        const saved = await createRecord(side, { ...values(side), ...own });
        last = { kind: side, id: saved.record.id };
        if (side === 'company') employer = saved.record.id;
        refresh(client, [last]);
        reportChange(t('create.done', { title: titleOf(saved.record) }), saved.batch);
        // What is made is not made again if the other one needs a correction first.
        setLeft((old) => ({ ...old, [side]: true }));
      } catch (error) {
        setFault({ side, error });
        setBusy(false);
        return;
      }
    }
    keep(pasteDraft, undefined);
    if (last) go(recordPath(last.kind, last.id));
  };

  return (
    <>
      <PageBar title={t('contacts:page.paste.title')} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it gathers the keys of the inputs inside */}
      <div
        className={styles.page}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void create();
          }
        }}
      >
        <div className={styles.source}>
          <Textarea
            autoFocus
            autosize
            minRows={8}
            maxRows={24}
            label={t('contacts:page.paste.label')}
            placeholder={t('contacts:page.paste.placeholder')}
            value={text}
            error={found.error && asked ? explain(found.error) : undefined}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setLeft({ company: false, person: false });
              setFault(null);
            }}
          />
          <p className={styles.hint}>{t('contacts:page.paste.hint')}</p>
          {proposal && proposal.unread.length > 0 && (
            <div className={styles.unread}>
              <h3>{t('contacts:page.paste.unread')}</h3>
              <ul>
                {proposal.unread.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
        <div className={styles.cards} aria-busy={found.isFetching}>
          {proposal && !filled(proposal.company) && !filled(proposal.person) && (
            <p className={styles.hint}>{t('contacts:page.paste.nothing')}</p>
          )}
          {(['company', 'person'] as const).map((side) => {
            const kind = kinds[side];
            if (!proposal || !kind || !filled(proposal[side])) return null;
            return (
              <PastedCard
                key={side}
                kind={kind}
                values={values(side)}
                findings={proposal.found.filter((f) => f.kind === side)}
                wanted={!left[side]}
                fault={fault?.side === side ? fault.error : undefined}
                onWanted={(on) => setLeft((old) => ({ ...old, [side]: !on }))}
                onChange={(key, value) => setEdits((old) => ({ ...old, [side]: { ...old[side], [key]: value } }))}
              />
            );
          })}
          {proposal && (filled(proposal.company) || filled(proposal.person)) && (
            <div className={styles.actions}>
              <Keys caps={caps('mod+enter')} />
              <Button loading={busy} disabled={wanted.length === 0} onClick={() => void create()}>
                {t(`contacts:page.paste.create.${wanted.length === 2 ? 'both' : (wanted[0] ?? 'none')}`)}
              </Button>
            </div>
          )}
        </div>
      </div>
    </>
  );
}
