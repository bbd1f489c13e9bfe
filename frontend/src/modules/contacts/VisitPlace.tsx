import { lazy, Suspense } from 'react';
import { visited } from './visit';

const VisitDialog = lazy(() => import('./VisitDialog').then((m) => ({ default: m.VisitDialog })));

/** The visit sheet, wherever it was asked for. */
export function Visit() {
  const open = visited.use();
  return (
    open && (
      <Suspense>
        <VisitDialog {...open} />
      </Suspense>
    )
  );
}
