/** Reads a typed time of day such as 9, 930, 9:30 or 14 h, as HH:MM. */
export function readClock(typed: string): string | undefined {
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:h|uhr)?$/i.exec(typed.trim());
  if (!found) return undefined;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The time of day of an instant in a time zone, as HH:MM. */
export function clockOf(instant: string, timezone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
}

/** An hour later, but never past midnight. */
export function hourAfter(clock: string): string {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour >= 23 ? '23:59' : `${String(hour + 1).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
