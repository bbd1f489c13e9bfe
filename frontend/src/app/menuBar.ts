import { commandsNow, type Scene } from '@/lib/commands';
import { pathNow } from '@/lib/nav';

/**
 * The window's menu bar asks for commands by their ids, with the event "command".
 * They follow the rules of keys: what does not apply now is left alone, and an
 * open dialog keeps its draft.
 */
export function followMenuBar(): () => void {
  if (!window.runtime) return () => {};
  return window.runtime.EventsOn('command', (id) => {
    if (id === 'undo' && isTyping()) {
      document.execCommand('undo');
      return;
    }
    const scene: Scene = {
      path: pathNow(),
      go: (to) => {
        window.location.hash = to;
      },
    };
    const command = commandsNow().find((c) => c.id === id);
    if (!command || !(command.when?.(scene) ?? true)) return;
    if (dialogOpen() && !command.anywhere) return;
    command.run(scene);
  });
}

function isTyping(): boolean {
  return !!document.activeElement?.closest(
    'input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true]',
  );
}

function dialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
