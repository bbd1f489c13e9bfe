import { readDay } from '@/lib/day';
import { addDays, addMonths, weekday } from '../days';

/** What a typed line means: the words that are left are the task. */
export type QuickTask = { text: string; day?: string; time?: string };

/** Names of the days of the week from Sunday on, in both languages. */
const weekdays = [
  ['sunday', 'sonntag'],
  ['monday', 'montag'],
  ['tuesday', 'dienstag'],
  ['wednesday', 'mittwoch'],
  ['thursday', 'donnerstag'],
  ['friday', 'freitag'],
  ['saturday', 'samstag', 'sonnabend'],
];
/** Short ones are words of their own, too: they count as days at the end of a line only. */
const short = [['sun'], ['mon'], ['tue', 'tues'], ['wed'], ['thu', 'thur', 'thurs'], ['fri'], ['sat']];
/** And these with a full stop or after "am" and "bis" only: "do" is English. */
const shorter = [['so'], ['mo'], ['di'], ['mi'], ['do'], ['fr'], ['sa']];
const months = [
  ['january', 'jan', 'januar', 'jänner'],
  ['february', 'feb', 'februar'],
  ['march', 'mar', 'märz'],
  ['april', 'apr'],
  ['may', 'mai'],
  ['june', 'jun', 'juni'],
  ['july', 'jul', 'juli'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['october', 'oct', 'oktober', 'okt'],
  ['november', 'nov'],
  ['december', 'dec', 'dezember', 'dez'],
];

const any = (names: string[][]) =>
  names
    .flat()
    .sort((a, b) => b.length - a.length)
    .join('|');
const indexOf = (names: string[][], name = '') => names.findIndex((n) => n.includes(name.toLowerCase()));
const two = (n: number) => String(n).padStart(2, '0');

/** A word stands alone: letters with marks do not end one, as \b would have it. */
const alone = (pattern: string, end = false) =>
  new RegExp(`(?<![\\p{L}\\d])(?:${pattern})(?![\\p{L}\\d])${end ? '\\s*$' : ''}`, 'iu');
const before = '(?:(?:on|by|until|next|due|am|bis|nächsten|nächste|kommenden)\\s+)*';

type Reading = [RegExp, (found: RegExpExecArray, today: string, pattern: string) => string | undefined];

const next = (today: string, wanted: number) => addDays(today, ((wanted - weekday(today) + 6) % 7) + 1);

/** A day without a year is the next such day. */
function coming(typed: string, today: string, pattern: string): string | undefined {
  const day = readDay(`${typed}${today.slice(0, 4)}`, pattern);
  return day && day < today ? readDay(`${typed}${Number(today.slice(0, 4)) + 1}`, pattern) : day;
}

const readings: Reading[] = [
  [alone('(\\d{4})-(\\d{1,2})-(\\d{1,2})'), (f) => readDay(f[0], 'YYYY-MM-DD')],
  [alone(`${before}(\\d{1,2}\\.\\s?\\d{1,2}\\.\\s?\\d{4})`), (f) => readDay(f[1] ?? '', 'DD.MM.YYYY')],
  [alone(`${before}(\\d{1,2}\\.\\s?\\d{1,2}\\.)`), (f, today) => coming(f[1] ?? '', today, 'DD.MM.YYYY')],
  [alone(`${before}(\\d{1,2}/\\d{1,2})/(\\d{4})`), (f, _, pattern) => readDay(`${f[1]}/${f[2]}`, pattern)],
  [alone(`${before}(\\d{1,2}/\\d{1,2})`), (f, today, pattern) => coming(`${f[1]}/`, today, pattern)],
  [
    alone(`${before}(\\d{1,2})\\.?\\s(${any(months)})\\.?`),
    (f, today) => coming(`${f[1]}.${indexOf(months, f[2]) + 1}.`, today, 'DD.MM.YYYY'),
  ],
  [
    alone(`${before}(${any(months.map((m) => m.filter((n) => n.length > 3)))})\\s(\\d{1,2})`),
    (f, today) => coming(`${f[2]}.${indexOf(months, f[1]) + 1}.`, today, 'DD.MM.YYYY'),
  ],
  [alone('day after tomorrow|übermorgen'), (_, today) => addDays(today, 2)],
  [alone(`${before}(?:tomorrow|morgen)`), (_, today) => addDays(today, 1)],
  [alone('today|heute'), (_, today) => today],
  [alone('next week|nächste woche'), (_, today) => next(today, 1)],
  [alone('next month|nächsten monat'), (_, today) => `${addMonths(today, 1).slice(0, 7)}-01`],
  [alone('in (\\d{1,3}) (?:days?|tage?n?)'), (f, today) => addDays(today, Number(f[1]))],
  [alone('in (\\d{1,2}) (?:weeks?|wochen?)'), (f, today) => addDays(today, 7 * Number(f[1]))],
  [alone('in (\\d{1,2}) (?:months?|monat(?:en)?)'), (f, today) => addMonths(today, Number(f[1]))],
  [alone(`${before}(${any(weekdays)})`), (f, today) => next(today, indexOf(weekdays, f[1]))],
  [alone(`${before}(${any(short)})`, true), (f, today) => next(today, indexOf(short, f[1]))],
  [alone(`(?:am|bis)\\s(${any(shorter)})\\.?`, true), (f, today) => next(today, indexOf(shorter, f[1]))],
  [alone(`(${any(shorter)})\\.`, true), (f, today) => next(today, indexOf(shorter, f[1]))],
];

const times = [
  alone('(?:at|um)\\s+(\\d{1,2})(?:[:.](\\d{2}))?\\s*(am|pm|uhr)?'),
  alone('(\\d{1,2}):(\\d{2})\\s*(am|pm|uhr)?'),
  alone('(\\d{1,2})()\\s*(am|pm|uhr)'),
];

function cut(text: string, found: RegExpExecArray): string {
  return `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
}

/** Takes the day and the time out of a line such as "call Berg tomorrow at 9". */
export function quickTask(line: string, today: string, pattern: string): QuickTask {
  const out: QuickTask = { text: line };
  for (const time of times) {
    const found = time.exec(out.text);
    if (!found) continue;
    const late = found[3]?.toLowerCase() === 'pm' && Number(found[1]) < 12 ? 12 : 0;
    const early = found[3]?.toLowerCase() === 'am' && Number(found[1]) === 12 ? -12 : 0;
    const hour = Number(found[1]) + late + early;
    if (hour > 23 || Number(found[2] || 0) > 59) continue;
    out.time = `${two(hour)}:${two(Number(found[2] || 0))}`;
    out.text = cut(out.text, found);
    break;
  }
  for (const [pattern_, read] of readings) {
    const found = pattern_.exec(out.text);
    const day = found && read(found, today, pattern);
    if (!found || !day) continue;
    out.day = day;
    out.text = cut(out.text, found);
    break;
  }
  out.text = out.text
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;:])/g, '$1')
    .replace(/^[\s,;:–-]+|[\s,;:–-]+$/g, '')
    .trim();
  // A line that is nothing but a day is the name of the task itself.
  return out.text ? out : { text: line.trim() };
}
