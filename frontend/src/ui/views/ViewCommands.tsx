import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useKinds } from '@/api/house';
import { addCommands } from '@/lib/commands';
import { kindView } from '@/lib/modules';
import { kindMany } from '@/lib/words';
import { viewPath, viewsQuery } from './views';

/** Lets the palette find every saved view by its name and the name of its list. */
export function ViewCommands() {
  const views = useQuery(viewsQuery).data;
  const kinds = useKinds();
  useEffect(() => {
    const commands = (views ?? []).flatMap((view) => {
      const kind = kinds.find((k) => k.name === view.kind);
      if (!kind) return [];
      return {
        id: `view:${view.id}`,
        icon: kindView(kind.name)?.icon,
        title: 'view:page.command',
        params: { name: view.name, list: kindMany(kind) },
        group: 'go' as const,
        run: ({ go }: { go: (to: string) => void }) => go(viewPath(view)),
      };
    });
    return commands.length > 0 ? addCommands(commands) : undefined;
  }, [views, kinds]);
  return null;
}
