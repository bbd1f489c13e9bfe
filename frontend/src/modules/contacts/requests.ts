import { call, callBytes } from '@/api/client';
import { platform } from '@/api/platform';
import type { components } from '@/api/schema';

export type Letter = components['schemas']['ContactsLetter'];

/** One card of a file before it is taken in. */
export type CardRow = components['schemas']['CardRow'];
export type Preview = components['schemas']['PreviewOutBody'];
export type Taken = components['schemas']['TakenOut'];

/** A file can hold thousands of cards. */
const patience = 120_000;

export const letterOf = (kind: string, id: string, language: string, address: string, signal?: AbortSignal) =>
  call<Letter>(`/contacts/${kind}/${id}/letter`, { params: { language, address }, signal });

export const previewCards = (name: string, bytes: ArrayBuffer) =>
  call<Preview>('/contacts/vcard/preview', { method: 'POST', params: { name }, bytes, timeout: patience });

export const takeCards = (name: string, bytes: ArrayBuffer, leave: number[]) =>
  call<Taken>('/contacts/vcard', {
    method: 'POST',
    params: { name, leave: leave.join(',') },
    bytes,
    timeout: patience,
  });

/** Saves the business card of one company or person; answers whether somebody chose a place for it. */
export async function saveCard(kind: string, id: string, title: string): Promise<boolean> {
  return platform().saveFile(`${title}.vcf`, await callBytes(`/contacts/${kind}/${id}/vcard`));
}

/** Saves the business cards of many in one file. */
export async function saveCards(kind: string, names: string, chosen: object): Promise<boolean> {
  const cards = await callBytes(`/contacts/${kind}/cards`, { method: 'POST', json: chosen, timeout: patience });
  return platform().saveFile(`${names}.vcf`, cards);
}
