import { call } from '@/api/client';

/** kontor serve prints one link, …/#/open?key=KEY, that lets one browser in once. */
export function oneTimeKey(hash = window.location.hash): string | null {
  const hit = /^#\/open\?(.*)$/.exec(hash);
  return hit ? new URLSearchParams(hit[1]).get('key') : null;
}

export async function enter(): Promise<boolean> {
  const key = oneTimeKey();
  // The key leaves the address at once: neither history nor a shared screen should keep it.
  window.history.replaceState(null, '', `${window.location.pathname}#/`);
  try {
    await call('/session', { method: 'POST', json: { key } });
    return true;
  } catch {
    return false;
  }
}
