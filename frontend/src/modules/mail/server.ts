/** Where the servers of large providers are not called imap.<domain>; each is what the provider publishes. */
const known: [RegExp, string][] = [
  [/^googlemail\.com$/, 'imap.gmail.com'],
  [/^gmx\.(de|net|at|ch|com|org)$/, 'imap.gmx.net'],
  [/^t-online\.de$/, 'secureimap.t-online.de'],
  [/^(icloud|me|mac)\.com$/, 'imap.mail.me.com'],
  [/^(yahoo\.[a-z.]+|ymail\.com)$/, 'imap.mail.yahoo.com'],
  [/^freenet\.de$/, 'mx.freenet.de'],
];

/** A proposal for the server of an address; the user sees it and may change it before anything is tried. */
export function proposedServer(address: string): string {
  const domain = /^[^@\s]+@([^@\s]+\.[^@\s.]+)$/.exec(address.trim())?.[1]?.toLowerCase();
  if (!domain) return '';
  const hit = known.find(([pattern]) => pattern.test(domain));
  return hit ? hit[1] : `imap.${domain}`;
}

export const usualPort = (security: string) => (security === 'starttls' ? 143 : 993);
