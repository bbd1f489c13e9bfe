import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Given } from '@/api/given';
import { refresh, undo } from '@/api/queries';
import type { Row, Saved } from '@/api/types';
import { titleOf } from '@/lib/words';
import { explain } from '../explain';
import { reportChange, reportWay } from '../undo';
import styles from './files.module.css';
import { refused } from './incoming';
import { editionOf, nameOf, sendFile } from './requests';

/** Work that takes longer than this shows how far it is. */
const patience = 300;
let runs = 0;

/** Keeps files beside a record, one after the other; says how far it is, what was refused and why, and the way back. */
export function useAddFiles(record: Row) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useCallback(
    async ({ files, folders }: Given): Promise<Saved[]> => {
      const problems = folders.map((name) => t('files:page.refused.folder', { name }));
      const wanted = files.filter((file) => {
        const why = refused(file, t);
        if (why) problems.push(why);
        return !why;
      });
      const stop = new AbortController();
      runs++;
      const toast = `files-${runs}`;
      const saved: Saved[] = [];
      let now = { name: '', at: 1, count: wanted.length };
      const tell = (name: string, at: number) => {
        now = { ...now, name, at };
        notifications.update({ id: toast, ...progress(t('files:page.adding', now)) });
      };
      const progress = (text: string) => ({
        loading: true,
        autoClose: false as const,
        withBorder: true,
        withCloseButton: false,
        message: (
          <span className={styles.progress}>
            <span>{text}</span>
            <Button size="xs" variant="light" onClick={() => stop.abort()}>
              {t('action.cancel')}
            </Button>
          </span>
        ),
      });
      const shown = setTimeout(
        () => notifications.show({ id: toast, ...progress(t('files:page.adding', now)) }),
        patience,
      );
      for (const [i, file] of wanted.entries()) {
        if (stop.signal.aborted) break;
        tell(file.name, i + 1);
        try {
          saved.push(await sendFile(file.name, await file.bytes(), record.id, stop.signal));
        } catch (error) {
          const why = explain(error);
          if (!stop.signal.aborted) problems.push(why.includes(file.name) ? why : `${file.name}: ${why}`);
        }
      }
      clearTimeout(shown);
      notifications.hide(toast);
      if (saved.length > 0) {
        refresh(client, [...saved.map((s) => ({ kind: 'file', id: s.record.id })), record]);
      }
      const [one] = saved;
      if (one && saved.length === 1) {
        const edition = editionOf(one.record);
        const key = edition > 1 ? 'files:page.newVersion' : 'files:page.kept';
        reportChange(t(key, { name: nameOf(one.record), title: titleOf(record), edition }), one.batch);
      } else if (one) {
        reportWay(t('files:page.keptMany', { count: saved.length, title: titleOf(record) }), async () => {
          for (const s of saved) if (s.batch) await undo(s.batch);
          refresh(client, [{ kind: 'file' }, record]);
        });
      }
      if (problems.length > 0) {
        notifications.show({
          color: 'red',
          withBorder: true,
          autoClose: 15_000,
          role: 'alert',
          message: <span className={styles.problems}>{problems.join('\n')}</span>,
        });
      }
      return saved;
    },
    [client, record, t],
  );
}
