import { useRouterState } from '@tanstack/react-router';
import { type Command, type Place, shownRecord, useAllCommands } from '@/lib/commands';
import { useGo } from '@/lib/nav';

/** The commands that a page offers with the mouse at one of its places. */
export function useOffered(place: Place): (Omit<Command, 'run'> & { run: () => void })[] {
  const path = useRouterState({ select: (s) => s.location.pathname });
  const scene = { path, go: useGo() };
  shownRecord.use(); // commands ask for it
  return useAllCommands()
    .filter((c) => c.offered?.(path).includes(place) && (c.when?.(scene) ?? true))
    .map((c) => ({ ...c, run: () => c.run(scene) }));
}
