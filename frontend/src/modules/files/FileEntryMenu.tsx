import type { PresenterProps } from '@/lib/modules';
import { FileMenu } from '@/ui/files/FileMenu';

/** In a timeline each version stands by itself, and goes by itself. */
export function FileEntryMenu({ entry, owner }: PresenterProps) {
  return entry.record ? <FileMenu files={[entry.record]} owner={owner} /> : null;
}
