import type { Instant, Metres, Seconds } from '@lamplight/base';

/** The languages of the product, as BCP 47 tags. */
export const LOCALES = ['en', 'zh-CN'] as const;
export type UiLocale = (typeof LOCALES)[number];

/** A text of the catalogue in the reader's language. */
export const inLocale = (name: { readonly en: string; readonly zh: string }, locale: UiLocale): string =>
  locale === 'en' ? name.en : name.zh;

/**
 * A duration as a clock shows it: `m:ss` below an hour, `h:mm:ss` from there on. Whole seconds, rounded down, so that
 * a running clock never shows a second that has not passed; a minus sign for negative ones.
 */
export function formatDuration(duration: Seconds): string {
  const sign = duration < 0 ? '−' : '';
  const whole = Math.floor(Math.abs(duration));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${sign}${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${sign}${minutes}:${two(whole % 60)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: UiLocale, zone: string, parts: 'time' | 'dateTime' | 'date'): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${parts}`;
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
      timeZone: zone,
      hourCycle: 'h23',
      ...(parts === 'date' ? {} : { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
      ...(parts === 'time' ? {} : { year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' }),
    });
    formatters.set(key, made);
  }
  return made;
}

/** `14:03:27` in the agency's time zone, 24 hours in both languages. */
export const formatTime = (at: Instant, locale: UiLocale, zone: string): string =>
  formatter(locale, zone, 'time').format(at);

/** Day and time in the agency's time zone. */
export const formatDateTime = (at: Instant, locale: UiLocale, zone: string): string =>
  formatter(locale, zone, 'dateTime').format(at);

/** The day in the agency's time zone. */
export const formatDate = (at: Instant, locale: UiLocale, zone: string): string =>
  formatter(locale, zone, 'date').format(at);

/** Metres below a kilometre, to ten; kilometres above, to a tenth. */
export function formatDistance(distance: Metres, locale: UiLocale): string {
  const kilometres = distance >= 1000;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: kilometres ? 'kilometer' : 'meter',
    maximumFractionDigits: kilometres ? 1 : 0,
  }).format(kilometres ? distance / 1000 : Math.round(distance / 10) * 10);
}
