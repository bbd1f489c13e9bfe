import i18next from 'i18next';
import { ApiError } from '@/api/client';

/** What a person is told about a failure: the server's own sentence, or ours when no answer came. */
export function explain(error: unknown): string {
  if (error instanceof ApiError) {
    const text = error.message || i18next.t(`ui:fault.code.${known.includes(error.code) ? error.code : 'internal'}`);
    return error.reference ? `${text} ${i18next.t('ui:fault.reference', { reference: error.reference })}` : text;
  }
  return i18next.t('ui:fault.code.internal');
}

const known = [
  'timeout',
  'unreachable',
  'unavailable',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'stale',
  'too_large',
  'unreadable',
];
