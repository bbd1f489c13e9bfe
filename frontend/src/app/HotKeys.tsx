import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { addCommands, commandsNow, keyName, type Scene, step } from '@/lib/commands';
import { moduleCommands } from '@/lib/modules';
import { followMenuBar } from './menuBar';
import { shellCommands } from './shellCommands';

/** A pair such as "g c" must be finished within this time, or its first key is forgotten. */
const pairTime = 1200;

export function HotKeys() {
  const router = useRouter();

  useEffect(() => followMenuBar(), []);
  useEffect(() => addCommands([...shellCommands(), ...moduleCommands()], true), []);

  useEffect(() => {
    let pending = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Asked before anybody acts on the key: a dialog that Escape closes is gone when it comes to the page's own keys,
    // and Escape would lead away from what was typed.
    let dialog = false;
    const ask = () => {
      dialog = dialogOpen();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || ['Control', 'Meta', 'Shift', 'Alt'].includes(event.key))
        return;
      const scene: Scene = { path: router.state.location.pathname, go: (to) => router.history.push(to) };
      const key = keyName(event);
      const chord = key.includes('mod+');
      if (!chord && (isTyping(event.target) || dialog)) return;
      const able = commandsNow().filter((c) => c.when?.(scene) ?? true);
      if (chord && dialog && !able.some((c) => c.shortcut === key && c.anywhere)) return;
      const next = step(pending, key, able);
      clearTimeout(timer);
      pending = next.pending;
      if (pending) timer = setTimeout(() => (pending = ''), pairTime);
      if (!next.run) return;
      if (chord && isTyping(event.target) && !next.run.anywhere) return;
      event.preventDefault();
      next.run.run(scene);
    };
    window.addEventListener('keydown', ask, true);
    window.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', ask, true);
      window.removeEventListener('keydown', onKey);
    };
  }, [router]);

  return null;
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return !!element?.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]');
}

function dialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
