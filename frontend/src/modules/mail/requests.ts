import { queryOptions } from '@tanstack/react-query';
import { call, callBytes } from '@/api/client';
import type { components } from '@/api/schema';
import type { Links, Row } from '@/api/types';

type Schemas = components['schemas'];

export type Account = Schemas['MailAccount'];
export type AccountBody = Schemas['MailAccountBody'];
export type Status = Schemas['MailStatus'];
export type Folder = Schemas['MailFolder'];
export type Attachment = Schemas['MailAttachment'];
export type Participant = Schemas['MailParticipant'];
export type Page = Schemas['MailHTMLOutBody'];
type Added = Schemas['MailAccountOutBody'];

/** A mail with its conversation, oldest first. */
export type Letter = {
  record: Row;
  participants: Participant[];
  attachments: Attachment[];
  thread: Row[];
  links: Links;
};

/** Signing in, fetching a large mail and loading pictures wait for other people's servers. */
const patience = 3 * 60_000;

export const accountsKey = ['mailboxes', 'mail'] as const;
const statusKey = ['mailboxStatus', 'mail'] as const;

export const accountsQuery = queryOptions({
  queryKey: accountsKey,
  queryFn: async ({ signal }) => (await call<{ accounts: Account[] }>('/mail/accounts', { signal })).accounts,
});

/** The key ring may be asked to unlock, which takes the user's time. */
export const statusQuery = queryOptions({
  queryKey: statusKey,
  queryFn: async ({ signal }) =>
    (await call<{ accounts: Status[] }>('/mail/status', { signal, timeout: patience })).accounts,
  staleTime: 5_000,
});

/** Which folders a mailbox has, as far as its server has told in this sitting. */
export const foldersKey = (id: string) => ['mailFolders', 'mail', id] as const;

export const addAccount = (body: AccountBody, signal: AbortSignal) =>
  call<Added>('/mail/accounts', { method: 'POST', json: body, signal, timeout: patience });

export const changeAccount = (id: string, body: AccountBody, signal?: AbortSignal) =>
  call<Added>(`/mail/accounts/${id}`, { method: 'PATCH', json: body, signal, timeout: patience });

/** Forgetting a mailbox waits until a running sync has ended. */
export const removeAccount = (id: string) =>
  call<null>(`/mail/accounts/${id}`, { method: 'DELETE', timeout: patience });

export const startSync = (address: string, full = false) =>
  call<unknown>('/mail/sync', { method: 'POST', json: { address, full, wait: false }, timeout: patience });

/** The key starts as every record's does, so that the listener of changes refreshes it by kind and id. */
export const letterQuery = (id: string) =>
  queryOptions({
    queryKey: ['letter', 'mail', id] as const,
    queryFn: ({ signal }) => call<Letter>(`/mails/${id}`, { signal }),
  });

export const pageQuery = (id: string, remote: boolean) =>
  queryOptions({
    queryKey: ['letterPage', 'mail', id, remote] as const,
    queryFn: ({ signal }) =>
      call<Page>(`/mails/${id}/html`, { signal, params: { remote: remote || undefined }, timeout: patience }),
    staleTime: Number.POSITIVE_INFINITY,
    // A page with its pictures is large, and the sender hears of every further request.
    gcTime: 60_000,
  });

export const textQuery = (id: string) =>
  queryOptions({
    queryKey: ['letterText', 'mail', id] as const,
    queryFn: async ({ signal }) => (await call<{ text: string }>(`/mails/${id}/text`, { signal })).text,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const sourceOf = (id: string) => callBytes(`/mails/${id}/raw`, { timeout: patience });

export const attachmentOf = (id: string, number: number) =>
  callBytes(`/mails/${id}/attachments/${number}`, { params: { download: true }, timeout: patience });

export const unlinkMail = (id: string, record: string) =>
  call<Letter>(`/mails/${id}/unlink`, { method: 'POST', json: { record } });
