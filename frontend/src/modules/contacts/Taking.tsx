import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { keep } from '@/lib/keep';
import { useGo } from '@/lib/nav';
import { DropVeil } from '@/ui/files/DropVeil';
import { useOneDrop } from '@/ui/files/useOneDrop';
import { cardFile, cardTypes, isCard, isSignature } from './cards';
import { pasteDraft } from './proposal';

const lists = ['/company', '/person', '/cards'];

/** In the lists of companies and people, pasted signatures and dropped business cards are understood. */
export function Taking() {
  const { t } = useTranslation();
  const go = useGo();
  const path = useRouterState({ select: (s) => s.location.pathname });
  const here = lists.includes(path);
  useEffect(() => {
    if (!here) return undefined;
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (event.defaultPrevented || isTaken(event.target)) return;
      if (isCard(text)) {
        event.preventDefault();
        cardFile.set({ name: '', bytes: new TextEncoder().encode(text).buffer });
        go('/cards');
      } else if (isSignature(text)) {
        event.preventDefault();
        keep(pasteDraft, text);
        go('/paste');
      }
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [here, go]);
  const over = useOneDrop(
    cardTypes,
    (file) => {
      cardFile.set(file);
      go('/cards');
    },
    here,
  );
  return over ? <DropVeil text={t('contacts:page.cards.drop')} /> : null;
}

/** Where something is typed, or a dialog is open, a paste is meant for that. */
function isTaken(target: EventTarget | null): boolean {
  const typing = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';
  return (
    (target as HTMLElement | null)?.closest?.(typing) != null ||
    document.activeElement?.closest(typing) != null ||
    document.querySelector('[role="dialog"][aria-modal="true"]') !== null
  );
}
