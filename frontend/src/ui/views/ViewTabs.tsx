import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/types';
import { href, listPath, useGo } from '@/lib/nav';
import { kindMany } from '@/lib/words';
import { explain } from '../explain';
import { PlusIcon, WarnIcon } from '../icons';
import type { useListState } from '../list/useListState';
import { reportChange, reportFault } from '../undo';
import { ViewDialog } from './ViewDialog';
import { ViewMenu } from './ViewMenu';
import styles from './ViewTabs.module.css';
import { pickState, readState, writeState, writeWidths } from './viewState';
import { changeView, createView, viewPath, viewQuery, viewsKey, viewsQuery } from './views';

type Props = { kind: Kind; state: ReturnType<typeof useListState> };

/** The saved views of a list above it. Which one is open stands in the address, with what differs from it. */
export function ViewTabs({ kind, state }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const client = useQueryClient();
  const { search, change } = state;
  const all = useQuery(viewsQuery).data ?? [];
  const views = all.filter((v) => v.kind === kind.name);
  const open = views.find((v) => v.id === search.view);
  const lost = useQuery({ ...viewQuery(search.view ?? ''), enabled: Boolean(search.view) && !open });
  const [naming, setNaming] = useState(false);

  const now = writeState(search);
  const dirty = open !== undefined && now !== writeState(readState(open.state));
  // An address that names nothing but the view shows it as it is saved.
  const bare = now === '' && !search.cleared;
  useEffect(() => {
    if (bare && open?.state) change(readState(open.state));
  }, [bare, open, change]);

  // With many views the open one may lie beyond the edge.
  useEffect(() => {
    if (open) document.getElementById(`view-${open.id}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open]);

  const refreshed = () => client.invalidateQueries({ queryKey: viewsKey });
  const save = async () => {
    if (!open) return;
    try {
      const done = await changeView(open.id, { version: open.version, state: now });
      await refreshed();
      reportChange(t('view:page.saved', { name: open.name }), done.batch);
    } catch (error) {
      reportFault(error);
    }
  };
  const create = async (name: string, shared: boolean) => {
    // The columns and widths that are this browser's habit become the view's own.
    const whole = {
      ...pickState(search),
      columns: state.columns.filter((k) => k !== kind.title).join(',') || kind.title,
      widths: writeWidths(state.widths) || undefined,
    };
    const done = await createView({ kind: kind.name, name, shared, state: writeState(whole) });
    await refreshed();
    setNaming(false);
    go(viewPath(done.view));
    reportChange(t('view:page.made', { name }), done.batch);
  };

  const changed = now !== '';
  if (views.length === 0 && !changed && !search.view) return null;
  return (
    <>
      <div className={styles.bar}>
        <nav className={styles.tabs} aria-label={t('view:page.label')}>
          <a
            className={styles.tab}
            href={href(listPath(kind.name))}
            aria-current={search.view ? undefined : 'page'}
            title={t('view:page.allHint', { names: kindMany(kind) })}
          >
            {t('view:page.all')}
          </a>
          {views.map((view) => (
            <span key={view.id} id={`view-${view.id}`} className={styles.item}>
              <a
                className={clsx(styles.tab, dirty && view === open && styles.dirty)}
                href={href(viewPath(view))}
                aria-current={view === open ? 'page' : undefined}
              >
                {view.name}
                {dirty && view === open && (
                  <span className={styles.dot} role="img" aria-label={t('view:page.differs')} />
                )}
              </a>
              {view === open && <ViewMenu view={view} first={views[0] === view} last={views.at(-1) === view} />}
            </span>
          ))}
        </nav>
        <div className={styles.tools}>
          {dirty && (
            <>
              <Button size="xs" variant="subtle" onClick={() => void save()}>
                {t('action.save')}
              </Button>
              <Button size="xs" variant="subtle" color="gray" onClick={() => change(readState(open.state))}>
                {t('action.discard')}
              </Button>
            </>
          )}
          {changed && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              leftSection={<PlusIcon size={14} />}
              onClick={() => setNaming(true)}
            >
              {t(open ? 'view:page.saveAsNew' : 'view:page.save')}
            </Button>
          )}
        </div>
      </div>
      {lost.error && search.view && (
        <div className={styles.lost} role="alert">
          <WarnIcon size={16} />
          <span>{explain(lost.error)}</span>
          <Button size="xs" variant="default" onClick={() => change({ view: undefined })}>
            {t('view:page.without')}
          </Button>
        </div>
      )}
      {naming && <ViewDialog onSave={create} onClose={() => setNaming(false)} />}
    </>
  );
}
