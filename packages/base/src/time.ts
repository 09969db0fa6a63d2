import { err, ok, type Result } from './result.js';
import { type Instant, instant, type Seconds, seconds } from './units.js';

/** RFC 3339 in UTC with milliseconds, for example `2026-01-31T08:15:30.250Z`. */
export const formatInstant = (at: Instant): string => new Date(at).toISOString();

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** The first and the last moment that RFC 3339 can write in UTC: what lies outside could not be read again. */
const EARLIEST = Date.parse('0000-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Reads an RFC 3339 date-time; the offset is required, the calendar date must exist, and the moment must lie in the
 * years 0000 to 9999 in UTC. What is finer than a millisecond is cut off; a leap second is refused.
 */
export function parseInstant(text: string): Result<Instant, string> {
  const match = RFC_3339.exec(text);
  if (!match) return err('must be an RFC 3339 date-time with an offset, such as 2026-01-31T08:15:30Z');
  const [, year, month, day, hour, minute, second] = match;
  const value = Date.parse(text.replace(' ', 'T').toUpperCase());
  const calendar = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const dateExists = calendar.getUTCMonth() === Number(month) - 1 && calendar.getUTCDate() === Number(day);
  const timeExists = Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
  if (!dateExists || !timeExists || !(value >= EARLIEST && value <= LATEST)) {
    return err('is not a date and time that exists');
  }
  return ok(instant(value));
}

/** Elapsed time from `from` to `to`; negative when `to` is earlier. */
export const elapsed = (from: Instant, to: Instant): Seconds => seconds((to - from) / 1000);

/** The moment `duration` after `at`, to the nearest millisecond. */
export const after = (at: Instant, duration: Seconds): Instant => instant(Math.round(at + duration * 1000));

/** A reading of a wall clock, without a zone. Months count from 1. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** How a wall-clock reading maps to the time line. */
export interface ZonedInstant {
  readonly at: Instant;
  /**
   * `unique`: one moment shows this reading. `ambiguous`: clocks were set back and two moments do; `at` is the
   * earlier. `skipped`: clocks were set forward over it; `at` is as far after the change as the reading was after
   * the start of the gap.
   */
  readonly kind: 'unique' | 'ambiguous' | 'skipped';
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** True for an IANA time zone name that this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    formatterFor(zone);
    return true;
  } catch {
    return false;
  }
}

/** What a wall clock in `zone` shows at `at`. Throws a RangeError for an unknown zone. */
export function toWallClock(at: Instant, zone: string): WallClock {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterFor(zone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return { year, month, day, hour, minute, second };
}

const asUtc = (wall: WallClock): number =>
  Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);

/**
 * The moment at which a wall clock in `zone` shows `wall`, daylight saving considered.
 * Offsets are probed a day before and after, which finds every change that is not within a day of another.
 */
export function fromWallClock(wall: WallClock, zone: string): ZonedInstant {
  const reading = asUtc(wall);
  const DAY = 86_400_000;
  const offsetAt = (at: number): number =>
    asUtc(toWallClock(instant(at), zone)) - Math.floor(at / 1000) * 1000;
  const before = offsetAt(reading - DAY);
  const later = offsetAt(reading + DAY);
  const early = reading - before;
  const late = reading - later;
  const earlyFits = asUtc(toWallClock(instant(early), zone)) === reading;
  const lateFits = asUtc(toWallClock(instant(late), zone)) === reading;
  if (earlyFits && lateFits && early !== late)
    return { at: instant(Math.min(early, late)), kind: 'ambiguous' };
  if (earlyFits) return { at: instant(early), kind: 'unique' };
  if (lateFits) return { at: instant(late), kind: 'unique' };
  return { at: instant(early), kind: 'skipped' };
}
