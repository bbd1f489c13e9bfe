/** The day thirty days on, as the server fills it when nothing is said. */
export function thirtyDaysOn(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 30);
  return date.toISOString().slice(0, 10);
}
