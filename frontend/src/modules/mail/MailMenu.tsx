import type { PresenterProps } from '@/lib/modules';
import { recordPath, useGo } from '@/lib/nav';
import { LetterMenu } from './LetterMenu';

export function MailMenu({ entry }: PresenterProps) {
  const go = useGo();
  if (!entry.record) return null;
  return <LetterMenu row={entry.record} onOpen={() => go(recordPath('mail', entry.record?.id ?? ''))} />;
}
