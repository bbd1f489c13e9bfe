import type { Account, AccountBody } from './requests';
import { proposedServer, usualPort } from './server';

export type Security = 'tls' | 'starttls';
export type FolderChoice = 'auto' | 'all' | 'chosen';

/** A mailbox as it is being entered. */
export type Form = {
  address: string;
  password: string;
  host: string;
  /** The server is our proposal as long as nobody has touched it. */
  hostProposed: boolean;
  port: string;
  security: Security;
  user: string;
  ca: string;
  folders: FolderChoice;
  chosen: string[];
  since: string | null;
  mode: string;
};

export const emptyForm: Form = {
  address: '',
  password: '',
  host: '',
  hostProposed: true,
  port: '993',
  security: 'tls',
  user: '',
  ca: '',
  folders: 'auto',
  chosen: [],
  since: null,
  mode: 'known',
};

export function formOf(account: Account): Form {
  const named = account.folders !== 'auto' && account.folders !== 'all';
  return {
    ...emptyForm,
    address: account.address,
    host: account.host,
    hostProposed: false,
    port: String(account.port),
    security: account.security === 'starttls' ? 'starttls' : 'tls',
    user: account.user,
    ca: account.ca,
    folders: named ? 'chosen' : (account.folders as FolderChoice),
    chosen: named ? account.folders.split(',').map((name) => name.trim()) : [],
    since: account.since || null,
    mode: account.mode,
  };
}

/** A change of one field, with what follows from it. */
export function changed(form: Form, patch: Partial<Form>): Form {
  const next = { ...form, ...patch };
  if (patch.host !== undefined) next.hostProposed = patch.host === '';
  if (patch.address !== undefined && next.hostProposed) next.host = proposedServer(next.address);
  if (patch.security && form.port === String(usualPort(form.security))) next.port = String(usualPort(patch.security));
  return next;
}

export function bodyOf(form: Form): AccountBody {
  return {
    host: form.host.trim(),
    port: Number(form.port) || 0,
    security: form.security,
    user: form.user.trim(),
    ca: form.ca.trim(),
    folders: form.folders === 'chosen' ? form.chosen.join(',') : form.folders,
    since: form.since ?? '',
    mode: form.mode,
    password: form.password || undefined,
  };
}

/** Where the answer's sentence stands: beside its field, or, of a refused password, beside the password. */
export const fields = [
  'address',
  'password',
  'host',
  'port',
  'security',
  'user',
  'ca',
  'folders',
  'since',
  'mode',
] as const;
export type FormField = (typeof fields)[number];
