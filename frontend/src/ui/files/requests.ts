import { call, callBytes } from '@/api/client';
import { blockQuery } from '@/api/queries';
import type { Row, Saved } from '@/api/types';
import { quote } from '@/lib/filter';

/** Large files take their time, also on the way to a program on the same computer. */
const patience = 600_000;

export const sendFile = (name: string, bytes: ArrayBuffer, about: string, signal?: AbortSignal) =>
  call<Saved>('/files', { method: 'POST', params: { name, about }, bytes, signal, timeout: patience });

export const contentOf = (id: string, signal?: AbortSignal) =>
  callBytes(`/files/${id}/content`, { signal, timeout: patience });

/** As many as a block shows at all; the newest come first. */
const most = 500;

export const filesQuery = (about: string) =>
  blockQuery('file', { where: `about = ${quote(about)}`, sort: '-createdAt' }, 0, most);

export const nameOf = (file: Row) => String(file.name ?? file.label);
export const sizeOf = (file: Row) => Number(file.size ?? 0);
/** The first of its name has no number. */
export const editionOf = (file: Row) => Number(file.edition ?? 1);
export const typeOf = (file: Row) => String(file.mime ?? '').split(';')[0] ?? '';
