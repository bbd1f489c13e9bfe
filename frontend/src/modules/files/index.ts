import type { Entry } from '@/api/types';
import type { Module } from '@/lib/modules';
import { FileIcon } from '@/ui/icons';
import { FileBody } from './FileBody';
import { FileEntryMenu } from './FileEntryMenu';

export const files: Module = {
  name: 'files',
  kinds: { file: { icon: FileIcon, first: ['name'], page: false } },
  presenters: {
    file: {
      icon: FileIcon,
      tone: 'blue',
      verb: (entry: Entry) => (entry.record?.edition ? 'files:timeline.version' : 'files:timeline.file'),
      Body: FileBody,
      Menu: FileEntryMenu,
    },
  },
};
