import i18next from 'i18next';

/** Everything a person reads as a date, number or amount is written here, by the locale in force. */
type Settings = { locale: string; timezone: string; today: string };

let settings: Settings = { locale: 'en', timezone: 'UTC', today: '' };
const cache = new Map<string, unknown>();

/** Intl formatters are slow to make and fast to use: one of each kind lives until the locale changes. */
function cached<T>(key: string, make: () => T): T {
  const hit = cache.get(key) as T | undefined;
  if (hit !== undefined) return hit;
  const made = make();
  cache.set(key, made);
  return made;
}

export function setFormat(next: Partial<Settings>): void {
  settings = { ...settings, ...next };
  cache.clear();
}

export const locale = () => settings.locale;

/** The browser's own locale where it speaks the language, else the language in the workspace's country. */
export function pickLocale(language: string, country: string, preferred: readonly string[]): string {
  const own = preferred.find((l) => l.toLowerCase().startsWith(`${language}-`));
  for (const candidate of [own, country && `${language}-${country}`, language]) {
    if (!candidate) continue;
    try {
      if (Intl.NumberFormat.supportedLocalesOf(candidate).length > 0) return candidate;
    } catch {
      // An invalid tag: the next one.
    }
  }
  return 'en';
}

export function decimalMark(): string {
  return cached('mark', () => {
    const parts = new Intl.NumberFormat(settings.locale).formatToParts(1.5);
    return parts.find((p) => p.type === 'decimal')?.value ?? '.';
  });
}

/** Decimal text from the API, grouped; digits beyond what a float holds pass through Intl as text. */
export function number(value: string | number, digits?: number): string {
  const text = String(value);
  const fraction = digits ?? Math.min(text.split('.')[1]?.length ?? 0, 20);
  const format = cached(
    `n${fraction}`,
    () =>
      new Intl.NumberFormat(settings.locale, {
        minimumFractionDigits: Math.min(fraction, 2),
        maximumFractionDigits: fraction,
      }),
  );
  return format.format(text as unknown as number);
}

export function money(value: string | number, currency: string): string {
  try {
    const format = cached(
      `m${currency}`,
      () => new Intl.NumberFormat(settings.locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
    );
    return format.format(String(value) as unknown as number);
  } catch {
    return `${number(value, 2)} ${currency}`;
  }
}

/** A decimal as it stands in an input: the locale's mark, no grouping. */
export function editable(value: string): string {
  return value.replace('.', decimalMark());
}

const dayParts = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day has no time zone: it is formatted as noon UTC in UTC. */
export function day(value: string, style: 'medium' | 'long' | 'numeric' = 'medium'): string {
  const parts = dayParts.exec(value);
  if (!parts) return value;
  const format = cached(
    `d${style}`,
    () =>
      new Intl.DateTimeFormat(settings.locale, {
        timeZone: 'UTC',
        ...(style === 'numeric'
          ? { day: '2-digit', month: '2-digit', year: 'numeric' }
          : { day: 'numeric', month: style === 'long' ? 'long' : 'short', year: 'numeric' }),
      }),
  );
  return format.format(new Date(`${value}T12:00:00Z`));
}

export function dayOf(instant: string): string {
  // Assembled from parts: what a locale writes as a short date differs from one engine to the next.
  const format = cached(
    'iso',
    () =>
      new Intl.DateTimeFormat('en-US', {
        timeZone: settings.timezone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      }),
  );
  const part = Object.fromEntries(format.formatToParts(new Date(instant)).map((p) => [p.type, p.value]));
  return `${part.year}-${part.month}-${part.day}`;
}

export function time(instant: string): string {
  const format = cached(
    't',
    () => new Intl.DateTimeFormat(settings.locale, { timeZone: settings.timezone, hour: '2-digit', minute: '2-digit' }),
  );
  return format.format(new Date(instant));
}

export function moment(instant: string): string {
  return `${day(dayOf(instant))}, ${time(instant)}`;
}

export function today(): string {
  return dayOf(new Date().toISOString()) || settings.today;
}

/** The head above a day's entries: today, yesterday, a weekday within this year, else the date. */
export function dayHead(value: string, now = today()): string {
  const distance = Math.round((Date.parse(`${value}T12:00:00Z`) - Date.parse(`${now}T12:00:00Z`)) / 86_400_000);
  if (distance === 0 || distance === -1 || distance === 1) {
    const words = cached('rel', () => new Intl.RelativeTimeFormat(settings.locale, { numeric: 'auto' }));
    const text = words.format(distance, 'day');
    return text.charAt(0).toLocaleUpperCase(settings.locale) + text.slice(1);
  }
  const sameYear = value.slice(0, 4) === now.slice(0, 4);
  const format = cached(
    `h${sameYear}`,
    () =>
      new Intl.DateTimeFormat(settings.locale, {
        timeZone: 'UTC',
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        ...(sameYear ? {} : { year: 'numeric' }),
      }),
  );
  return format.format(new Date(`${value}T12:00:00Z`));
}

/** How long ago, in the largest unit that says enough. */
export function ago(instant: string, now = Date.now()): string {
  const words = cached('ago', () => new Intl.RelativeTimeFormat(settings.locale, { numeric: 'auto' }));
  const seconds = (Date.parse(instant) - now) / 1000;
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['week', 604_800],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return i18next.t('ui:time.now');
}

function names(type: 'region' | 'language' | 'currency', code: string): string {
  const display = cached(`x${type}`, () => new Intl.DisplayNames([settings.locale], { type, fallback: 'code' }));
  try {
    return display.of(code) ?? code;
  } catch {
    return code;
  }
}

export const countryName = (code: string) => names('region', code);
export const languageName = (code: string) => names('language', code);
export const currencyName = (code: string) => names('currency', code);

export function compare(a: string, b: string): number {
  return cached('collate', () => new Intl.Collator(settings.locale, { numeric: true })).compare(a, b);
}

/** The first day of the week, 0 = Sunday, as the date picker wants it. */
export function firstWeekday(): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const info = new Intl.Locale(settings.locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  const first = info.getWeekInfo?.().firstDay ?? info.weekInfo?.firstDay ?? 1;
  return (first % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6;
}

/** The order and marks of a written day, as DD.MM.YYYY or MM/DD/YYYY. */
export function dayPattern(): string {
  return cached('pattern', () =>
    new Intl.DateTimeFormat(settings.locale, { day: '2-digit', month: '2-digit', year: 'numeric' })
      .formatToParts(new Date(2026, 0, 2))
      .map((p) => (p.type === 'day' ? 'DD' : p.type === 'month' ? 'MM' : p.type === 'year' ? 'YYYY' : p.value))
      .join(''),
  );
}
