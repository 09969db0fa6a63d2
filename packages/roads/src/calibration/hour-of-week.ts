import { type Instant, toWallClock } from '@lamplight/base';

/** Hours in a week; hour 0 begins on Monday at midnight, by the agency's wall clock. */
export const HOURS_OF_WEEK = 168;

/** The hour of the week that a wall clock in `zone` shows at `at`, 0 to 167. Throws a RangeError for an unknown zone. */
export function hourOfWeek(at: Instant, zone: string): number {
  const { year, month, day, hour } = toWallClock(at, zone);
  const sundayFirst = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return 24 * ((sundayFirst + 6) % 7) + hour;
}

/** Hours of the week in which traffic is taken to be the same. */
export interface HourBand {
  readonly id: string;
  /** Hours of the week, 0 to 167. */
  readonly hours: readonly number[];
}

const WEEKDAYS = [0, 1, 2, 3, 4];
const WEEKEND = [5, 6];

const hoursOf = (days: readonly number[], from: number, to: number): number[] =>
  days.flatMap((day) => Array.from({ length: to - from }, (_, i) => 24 * day + from + i));

/** Nights, four parts of a working day, and the weekend by day: what most cities' traffic tells apart. */
export const DEFAULT_BANDS: readonly HourBand[] = [
  {
    id: 'night',
    hours: [...hoursOf([...WEEKDAYS, ...WEEKEND], 0, 6), ...hoursOf([0, 1, 2, 3, 4, 5, 6], 22, 24)],
  },
  { id: 'weekday-morning', hours: hoursOf(WEEKDAYS, 6, 10) },
  { id: 'weekday-midday', hours: hoursOf(WEEKDAYS, 10, 15) },
  { id: 'weekday-afternoon', hours: hoursOf(WEEKDAYS, 15, 19) },
  { id: 'weekday-evening', hours: hoursOf(WEEKDAYS, 19, 22) },
  { id: 'weekend-day', hours: hoursOf(WEEKEND, 6, 22) },
];

/** The band into which those go that have too few trips to tell of themselves. */
export const OTHER_BAND = 'other';

/**
 * Puts the bands that have fewer than `minimum` trips into one, `other`. `counts` has the trips of each hour of the
 * week. Hours that are in no band are in `other` as well. Throws a RangeError when an hour is in two bands or in none
 * of the week.
 */
export function mergeBands(
  bands: readonly HourBand[],
  counts: ArrayLike<number>,
  minimum: number,
): HourBand[] {
  const seen = new Set<number>();
  for (const hour of bands.flatMap(({ hours }) => hours)) {
    if (!Number.isInteger(hour) || hour < 0 || hour >= HOURS_OF_WEEK)
      throw new RangeError(`bands: ${hour} is no hour of the week`);
    if (seen.has(hour)) throw new RangeError(`bands: hour ${hour} is in two bands`);
    seen.add(hour);
  }
  const tripsIn = (hours: readonly number[]): number =>
    hours.reduce((sum, hour) => sum + (counts[hour] ?? 0), 0);
  const kept = bands.filter(({ hours }) => tripsIn(hours) >= minimum);
  const own = new Set(kept.flatMap(({ hours }) => hours));
  const others = Array.from({ length: HOURS_OF_WEEK }, (_, hour) => hour).filter((hour) => !own.has(hour));
  return others.length === 0 ? kept : [...kept, { id: OTHER_BAND, hours: others }];
}
