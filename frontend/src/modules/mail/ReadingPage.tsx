import { ActionIcon } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/api/client';
import { useKind } from '@/api/house';
import { useCommands } from '@/lib/commands';
import { recordPath } from '@/lib/nav';
import { BackIcon } from '@/ui/icons';
import { PageBar } from '@/ui/PageBar';
import { CardBones } from '@/ui/record/CardBones';
import { DeletedBanner } from '@/ui/record/DeletedBanner';
import { ErrorState } from '@/ui/States';
import { LetterMenu } from './LetterMenu';
import { LetterView } from './LetterView';
import { Marks } from './Marks';
import { subjectOf } from './people';
import styles from './reading.module.css';
import { type Letter, letterQuery } from './requests';
import { Thread } from './Thread';

/** A mail with room to read it, beside its conversation. */
export function ReadingPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery({ ...letterQuery(id), placeholderData: keepPreviousData });
  const letter = found.data;
  const kind = useKind('mail');

  /** To where the mail was opened; an address that was typed leads to whom the mail concerns. */
  const back = () => {
    if (router.history.canGoBack()) router.history.back();
    else router.history.push(home(letter));
  };
  const choose = (next: string) => router.history.replace(recordPath('mail', next));
  const step = (by: number) => {
    const at = letter?.thread.findIndex((row) => row.id === id) ?? -1;
    const next = at < 0 ? undefined : letter?.thread[at + by];
    if (next) choose(next.id);
  };
  const talks = () => (letter?.thread.length ?? 0) > 1;
  useCommands([
    { id: 'record.back', title: 'mail:page.back', group: 'page', shortcut: 'escape', run: back },
    { id: 'mail.next', title: 'mail:page.thread.next', group: 'page', shortcut: 'j', when: talks, run: () => step(1) },
    {
      id: 'mail.previous',
      title: 'mail:page.thread.previous',
      group: 'page',
      shortcut: 'k',
      when: talks,
      run: () => step(-1),
    },
  ]);

  const title = letter ? subjectOf(letter.record) || t('mail:page.noSubject') : t('mail:kind.mail.one');
  const gone = found.error instanceof ApiError && found.error.status === 404;
  return (
    <>
      <PageBar
        title={gone ? t('fault.nowhere.title') : title}
        back={
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('mail:page.back')} onClick={back}>
            <BackIcon size={18} stroke={1.7} />
          </ActionIcon>
        }
      >
        {letter && <LetterMenu row={letter.record} onGone={back} />}
      </PageBar>
      {found.error && !letter && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {!found.error && !letter && <CardBones />}
      {letter && (
        <>
          {kind && <DeletedBanner kind={kind} record={letter.record} />}
          <div className={styles.panes}>
            <div className={styles.middle}>
              <h2 className={styles.subject}>
                <bdi>{title}</bdi> <Marks row={letter.record} />
              </h2>
              <LetterView key={letter.record.id} letter={letter} />
            </div>
            {letter.thread.length > 1 && (
              <aside className={styles.side}>
                <Thread letter={letter} onChoose={choose} />
              </aside>
            )}
          </div>
        </>
      )}
    </>
  );
}

function home(letter: Letter | undefined): string {
  const rows = Array.isArray(letter?.record.links) ? letter.record.links : [];
  const id = String(rows[0]?.record ?? '');
  const link = letter?.links[id];
  return link ? recordPath(link.kind, id) : '/mail';
}
