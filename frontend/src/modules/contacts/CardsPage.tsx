import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '@/api/platform';
import { refresh } from '@/api/queries';
import { caps, useCommands } from '@/lib/commands';
import { number } from '@/lib/format';
import { UploadIcon } from '@/ui/icons';
import { Keys } from '@/ui/Keys';
import { PageBar } from '@/ui/PageBar';
import { EmptyState, ErrorState } from '@/ui/States';
import { reportChange, reportFault } from '@/ui/undo';
import { CardList } from './CardList';
import { CardOutcome } from './CardOutcome';
import { cardFile, cardTypes } from './cards';
import styles from './cards.module.css';
import { previewCards, type Taken, takeCards } from './requests';

/** Business cards of a file: what would become of each is seen before any is taken in. */
export function CardsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const file = cardFile.use();
  const [left, setLeft] = useState<Set<number>>(new Set());
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<Taken | null>(null);
  const found = useQuery({
    queryKey: ['cards', file?.name, file?.bytes.byteLength, file],
    queryFn: () => previewCards(file?.name ?? '', file?.bytes ?? new ArrayBuffer(0)),
    enabled: file !== null && taken === null,
    gcTime: 0,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is another reading
  useEffect(() => {
    setLeft(new Set());
    setTaken(null);
  }, [file]);

  const preview = file ? found.data : undefined;
  // What cannot be taken in is told already, and left out.
  const impossible = preview?.rows.filter((row) => row.becomes === 'failed').map((row) => row.line) ?? [];
  const leave = [...new Set([...left, ...impossible])];
  const wanted = preview ? preview.cards - leave.length : 0;
  const choose = async () => {
    try {
      const picked = await platform().openFile({ title: t('contacts:page.cards.choose'), types: cardTypes });
      if (picked) cardFile.set(picked);
    } catch (error) {
      reportFault(error);
    }
  };
  const name = file?.name || t('contacts:page.cards.pasted');
  const take = async () => {
    if (!file || busy || taken || wanted === 0) return;
    setBusy(true);
    try {
      const done = await takeCards(name, file.bytes, leave);
      setTaken(done);
      refresh(client, [{ kind: 'company' }, { kind: 'person' }, { kind: 'note' }]);
      if (done.batch) reportChange(t('contacts:page.cards.taken', { name }), done.batch);
    } catch (error) {
      reportFault(error);
    } finally {
      setBusy(false);
    }
  };
  useCommands([
    {
      id: 'cards.take',
      title: 'contacts:page.cards.takeAll',
      group: 'page',
      shortcut: 'mod+enter',
      anywhere: true,
      when: () => wanted > 0 && !taken,
      run: () => void take(),
    },
  ]);

  const chooser = (
    <Button variant={file ? 'default' : 'filled'} leftSection={<UploadIcon size={16} />} onClick={() => void choose()}>
      {t(file ? 'contacts:page.cards.other' : 'contacts:page.cards.choose')}
    </Button>
  );
  return (
    <>
      <PageBar title={t('contacts:page.cards.title')}>{file && chooser}</PageBar>
      <div className={styles.page}>
        {!file && (
          <EmptyState
            icon={<UploadIcon size={24} stroke={1.6} />}
            title={t('contacts:page.cards.none')}
            text={t('contacts:page.cards.noneText')}
          >
            {chooser}
          </EmptyState>
        )}
        {file && found.isFetching && !preview && <Skeleton height={240} aria-busy="true" />}
        {file && found.error && !preview && <ErrorState error={found.error} retry={() => void found.refetch()} />}
        {taken && <CardOutcome name={name} taken={taken} />}
        {preview && !taken && (
          <>
            <p className={styles.intro}>
              {t('contacts:page.cards.found', { count: preview.cards, number: number(preview.cards), name })}{' '}
              {preview.rows.length < preview.cards &&
                t('contacts:page.cards.first', { number: number(preview.rows.length) })}
            </p>
            <CardList
              rows={preview.rows}
              left={left}
              onLeft={(line, out) =>
                setLeft((old) => {
                  const next = new Set(old);
                  if (out) next.add(line);
                  else next.delete(line);
                  return next;
                })
              }
            />
            <div className={styles.actions}>
              <Keys caps={caps('mod+enter')} />
              <Button variant="default" onClick={() => cardFile.set(null)}>
                {t('action.cancel')}
              </Button>
              <Button loading={busy} disabled={wanted === 0} onClick={() => void take()}>
                {t('contacts:page.cards.take', { count: wanted, number: number(wanted) })}
              </Button>
            </div>
          </>
        )}
      </div>
    </>
  );
}
