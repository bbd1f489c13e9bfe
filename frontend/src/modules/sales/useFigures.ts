import { useEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/client';
import { type Draft, documentOf, type FiguresJSON } from './document';
import type { Fault } from './faults';
import { faultsIn, priceDocument } from './requests';

const pause = 120;

export type Figures = {
  /** The latest figures the engine gave; they stay while newer ones are on their way. */
  figures: FiguresJSON | undefined;
  /** Which line of the editor each line of the figures is. */
  sent: string[];
  /** They are those of what stands in the editor. */
  fresh: boolean;
  faults: Fault[];
  /** The lines of the document the faults are about. */
  faultLines: string[];
  away: boolean;
};

/** What the engine in Go makes of the draft, asked again a moment after each change. Nothing is worked out here. */
export function useFigures(draft: Draft): Figures {
  const [state, setState] = useState<Figures>({
    figures: undefined,
    sent: [],
    fresh: false,
    faults: [],
    faultLines: [],
    away: false,
  });
  const { json, sent } = documentOf(draft);
  // Words have no price: only what counts asks again.
  const asked = JSON.stringify([
    json.currency,
    json.prices,
    json.rounding,
    json.cashRounding,
    json.discount,
    json.prepaid,
    json.lines.map(({ text: _, unit: __, ...counts }) => counts),
    sent,
  ]);
  const latest = useRef({ json, sent });
  latest.current = { json, sent };

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked stands for the document, which is read through the ref
  useEffect(() => {
    const stop = new AbortController();
    setState((old) => ({ ...old, fresh: false }));
    const timer = setTimeout(async () => {
      const now = latest.current;
      try {
        const figures = await priceDocument(now.json, stop.signal);
        setState({ figures, sent: now.sent, fresh: true, faults: [], faultLines: [], away: false });
      } catch (error) {
        if (stop.signal.aborted) return;
        const faults = faultsIn(error);
        const away = error instanceof ApiError && faults.length === 0;
        setState((old) => ({ ...old, faults, faultLines: now.sent, away }));
      }
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked]);
  return state;
}
