import { useState } from 'react';
import { platform } from '@/api/platform';
import type { Row } from '@/api/types';
import { reportFault } from '../undo';
import { contentOf, nameOf } from './requests';

/** Saves a kept file to a place of the user's own choice. */
export function useSaveFile(file: Row): [boolean, () => void] {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await platform().saveFile(nameOf(file), await contentOf(file.id));
    } catch (error) {
      reportFault(error);
    } finally {
      setBusy(false);
    }
  };
  return [busy, () => void save()];
}
