import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { keys } from '@/api/keys';
import { refresh } from '@/api/queries';
import type { SettleHow, Today } from '@/api/types';
import { putOff } from '../putOff';
import { settleTask } from '../settle';
import { handOver } from './focus';
import type { Item } from './items';

function without(today: Today, id: string): Today {
  const sections = today.sections.map((s) => {
    const rows = s.rows.filter((row) => row.id !== id);
    return { ...s, rows, count: s.count - (s.rows.length - rows.length) };
  });
  return { ...today, sections: sections.filter((s) => s.count > 0) };
}

/** Settles a row of Today: it leaves at once, and stays where the program refuses. */
export function useSettle(): (item: Item, how: SettleHow) => void {
  const client = useQueryClient();
  return useCallback(
    async (item: Item, how: SettleHow) => {
      if (how === 'until') {
        putOff.set(item);
        return;
      }
      handOver();
      await client.cancelQueries({ queryKey: keys.today });
      const before = client.getQueryData<Today>(keys.today);
      if (before) client.setQueryData<Today>(keys.today, without(before, item.id));
      const saved = await settleTask(item, how);
      if (!saved && before) client.setQueryData<Today>(keys.today, before);
      refresh(client, [{ kind: 'task', id: item.id }]);
    },
    [client],
  );
}
