import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kind } from '@/api/types';
import { kindView } from '@/lib/modules';
import type { Chosen } from './many';

type Props = { kind: Kind; chosen: Chosen; count: number; className?: string };

/** What the module of a kind can do with the selected rows. */
export function ManyTools({ kind, chosen, count, className }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState('');
  return kindView(kind.name)?.many?.map(({ title, icon: Icon, run }) => (
    <Button
      key={title}
      size="xs"
      variant="default"
      className={className}
      leftSection={<Icon size={15} />}
      loading={busy === title}
      onClick={() => {
        setBusy(title);
        void run(chosen, count).finally(() => setBusy(''));
      }}
    >
      {t(title)}
    </Button>
  ));
}
