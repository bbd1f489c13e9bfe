import { useCommands } from '@/lib/commands';

const focused = () => document.activeElement?.closest<HTMLElement>('[data-entry]') ?? null;

/** From entry to entry; before the first one stands the field for words. */
function step(by: number): void {
  const all = [...document.querySelectorAll<HTMLElement>('#page [data-entry]')];
  const at = all.indexOf(focused() as HTMLElement);
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** The keys of the timeline of a page: / looks for words, j and k go through the entries, p pins. */
export function useEntryKeys(enabled: boolean, pin: (entry: string) => void): void {
  useCommands(
    enabled
      ? [
          {
            id: 'timeline.find',
            title: 'ui:command.findEntries',
            group: 'page',
            shortcut: '/',
            run: () => document.querySelector<HTMLInputElement>('[data-timeline-find]')?.focus(),
          },
          { id: 'timeline.next', title: 'ui:command.nextEntry', group: 'page', shortcut: 'j', run: () => step(1) },
          { id: 'timeline.back', title: 'ui:command.entryBefore', group: 'page', shortcut: 'k', run: () => step(-1) },
          {
            id: 'timeline.pin',
            title: 'ui:command.pinEntry',
            group: 'page',
            shortcut: 'p',
            when: () => focused() !== null,
            run: () => {
              const entry = focused()?.dataset.entry;
              if (entry) pin(entry);
            },
          },
        ]
      : [],
  );
}
