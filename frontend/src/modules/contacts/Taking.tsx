import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keep } from '@/lib/keep';
import { useGo } from '@/lib/nav';
import { cardFile, isCard, isCardFile, isSignature } from './cards';
import { pasteDraft } from './proposal';

const lists = ['/company', '/person', '/cards'];

/** In the lists of companies and people, pasted signatures and dropped business cards are understood. */
export function Taking() {
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
    const onDrop = async (event: DragEvent) => {
      const file = [...(event.dataTransfer?.files ?? [])].find((f) => isCardFile(f.name));
      if (!file || document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      event.preventDefault();
      cardFile.set({ name: file.name, bytes: await file.arrayBuffer() });
      go('/cards');
    };
    window.addEventListener('paste', onPaste);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('paste', onPaste);
      window.removeEventListener('drop', onDrop);
    };
  }, [here, go]);
  return null;
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
