/** Reads a typed day by the order of a pattern such as DD.MM.YYYY; ISO days always work. */
export function readDay(text: string, pattern: string): string | undefined {
  const typed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = typed
    .split(/[^\d]+/)
    .filter(Boolean)
    .map(Number);
  if (parts.length < 2 || parts.length > 3) return undefined;
  const order = [...pattern.matchAll(/D+|M+|Y+/g)].map((m) => m[0].charAt(0));
  const given = parts.length === 3 ? order : order.filter((o) => o !== 'Y');
  const at = (what: string) => parts[given.indexOf(what)] ?? 0;
  let year = parts.length === 3 ? at('Y') : new Date().getFullYear();
  // Two digits mean this century up to twenty years ahead, else the last one: birthdays are the common case.
  if (year < 100) year += year <= (new Date().getFullYear() % 100) + 20 ? 2000 : 1900;
  return valid(year, at('M'), at('D'));
}

function valid(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}
