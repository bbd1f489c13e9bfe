import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useEffectEvent, useState } from 'react';

/**
 * What to look up while somebody types: a short pause gathers key strokes. Who presses Enter before the answer is there
 * hurries, and gets the first of that answer, never one of an earlier question; typing on takes it back.
 */
export function useAsked(typed: string) {
  const [paused] = useDebouncedValue(typed, 80);
  const [hurried, setHurried] = useState<string | null>(null);
  const hurry = hurried === typed;
  return { asked: hurry ? typed : paused, hurry, setHurry: (now: boolean) => setHurried(now ? typed : null) };
}

/** Runs once for a hurry whose answer is there. */
export function useAnswered(asking: ReturnType<typeof useAsked>, answered: boolean, run: () => void) {
  const { hurry, setHurry } = asking;
  const finish = useEffectEvent(() => {
    setHurry(false);
    run();
  });
  useEffect(() => {
    if (hurry && answered) finish();
  }, [hurry, answered]);
}
