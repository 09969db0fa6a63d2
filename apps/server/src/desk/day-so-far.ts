import { fromWallClock, type Instant, instant, toWallClock } from '@lamplight/base';

/** Something counted by the stretch of time that begins at `from`. */
export interface Counted {
  readonly from: Instant;
  readonly count: number;
}

/** The days before today that an hour is compared with: a week, so that every day of the week is in it once. */
export const DAYS_BEFORE = 7;

/** The midnight with which the day of `at` begins in `zone`; `days` before that day when given. */
export function midnightOf(at: Instant, zone: string, days = 0): Instant {
  const { year, month, day } = toWallClock(at, zone);
  // Dates are counted in UTC, where every day has 24 hours.
  const date = new Date(Date.UTC(year, month - 1, day - days));
  return fromWallClock(
    {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: 0,
      minute: 0,
      second: 0,
    },
    zone,
  ).at;
}

export interface DaySoFar {
  readonly hours: readonly {
    readonly hour: number;
    readonly today: number | null;
    readonly before: number;
  }[];
  readonly soFar: { readonly today: number; readonly before: number; readonly days: number };
}

/**
 * Today's counts by hour beside the mean of the days before. A day before `since` is not counted: an agency that began
 * yesterday is compared with yesterday.
 */
export function daySoFar(
  counts: readonly Counted[],
  now: Instant,
  zone: string,
  since: Instant | null,
): DaySoFar {
  const midnight = midnightOf(now, zone);
  const { hour: hourNow, minute: minuteNow } = toWallClock(now, zone);
  const days = Array.from({ length: DAYS_BEFORE }, (_, index) => midnightOf(now, zone, index + 1)).filter(
    (from) => since !== null && from >= midnightOf(since, zone),
  ).length;
  const today = new Array<number>(24).fill(0);
  const before = new Array<number>(24).fill(0);
  let beforeSoFar = 0;
  for (const { from, count } of counts) {
    const { hour, minute } = toWallClock(instant(from), zone);
    if (from >= midnight) today[hour] = (today[hour] ?? 0) + count;
    else {
      before[hour] = (before[hour] ?? 0) + count;
      if (hour < hourNow || (hour === hourNow && minute <= minuteNow)) beforeSoFar += count;
    }
  }
  const mean = (sum: number): number => (days === 0 ? 0 : sum / days);
  return {
    hours: today.map((count, hour) => ({
      hour,
      today: hour <= hourNow ? count : null,
      before: mean(before[hour] ?? 0),
    })),
    soFar: { today: today.reduce((sum, count) => sum + count, 0), before: mean(beforeSoFar), days },
  };
}
