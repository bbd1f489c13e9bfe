import { FaultPage } from './FaultPage';

/** A page that fails leaves the navigation standing. */
export function PageError({ error }: { error: unknown }) {
  return <FaultPage inside detail={error instanceof Error ? error.message : String(error)} />;
}
