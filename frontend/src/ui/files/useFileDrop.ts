import { useEffect, useRef, useState } from 'react';
import type { Given } from '@/api/given';
import { platform } from '@/api/platform';
import { reportFault } from '../undo';

/** A dialog covers the page that would take what is dropped or pasted. */
export const busyElsewhere = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/** So long without a word of files over the page, they have left it. */
const quiet = 700;

/** Makes the whole page a place to drop files on; answers whether some are held over it. */
export function useFileDrop(take: (given: Given) => Promise<unknown>, enabled = true): boolean {
  const [over, setOver] = useState(false);
  const taker = useRef(take);
  taker.current = take;
  useEffect(() => {
    if (!enabled) return undefined;
    // While files are held over the page it hears of them many times a second; leaving tells some browsers nothing.
    let gone: ReturnType<typeof setTimeout>;
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer || !platform().holdsFiles(event.dataTransfer) || busyElsewhere()) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
      clearTimeout(gone);
      gone = setTimeout(() => setOver(false), quiet);
    };
    const onDrop = (event: DragEvent) => {
      clearTimeout(gone);
      setOver(false);
      if (!event.dataTransfer || !platform().holdsFiles(event.dataTransfer) || busyElsewhere()) return;
      event.preventDefault();
      platform()
        .dropped(event.dataTransfer)
        .then((given) => taker.current(given))
        .catch(reportFault);
    };
    window.addEventListener('dragenter', onOver);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    return () => {
      clearTimeout(gone);
      setOver(false);
      window.removeEventListener('dragenter', onOver);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [enabled]);
  return over;
}
