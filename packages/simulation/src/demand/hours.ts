/** How often something happens over the hours of a week, relative to its mean: 168 numbers from Monday 00:00. */
export type WeekProfile = readonly number[];

const HOURS = 168;

/** A week from a weekday's and a weekend day's hours; scaled to a mean of 1. Friday night counts as weekend. */
function week(weekday: readonly number[], weekend: readonly number[]): WeekProfile {
  const raw = Array.from({ length: HOURS }, (_, hour) => {
    const day = Math.floor(hour / 24);
    const isWeekend = day >= 5 || (day === 4 && hour % 24 >= 18);
    const earlyMonday = day === 0 && hour % 24 < 4;
    return (isWeekend && !earlyMonday ? weekend : weekday)[hour % 24] ?? 0;
  });
  const mean = raw.reduce((sum, value) => sum + value, 0) / HOURS;
  return raw.map((value) => value / mean);
}

/** The shape of different kinds of demand: our own judgement of an ordinary city, not measured anywhere. */
export const PROFILES = {
  always: week(
    [6, 5, 4, 4, 4, 5, 7, 9, 10, 11, 11, 11, 11, 11, 11, 11, 12, 12, 12, 11, 10, 9, 8, 7],
    [8, 7, 6, 5, 4, 4, 5, 7, 9, 10, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 10, 10, 9],
  ),
  shopping: week(
    [0, 0, 0, 0, 0, 1, 3, 5, 8, 11, 13, 14, 12, 11, 12, 13, 14, 14, 12, 9, 6, 3, 1, 0],
    [1, 0, 0, 0, 0, 1, 3, 6, 9, 13, 16, 17, 15, 15, 16, 17, 17, 16, 14, 11, 8, 4, 2, 1],
  ),
  nightlife: week(
    [6, 4, 3, 1, 1, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 4, 5, 7, 9, 10, 11, 9],
    [22, 20, 15, 8, 4, 2, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 4, 6, 9, 13, 17, 21, 24, 25],
  ),
  homes: week(
    [6, 4, 3, 2, 2, 3, 5, 6, 6, 5, 5, 6, 7, 6, 6, 6, 8, 11, 15, 17, 18, 17, 14, 10],
    [10, 7, 5, 3, 2, 3, 4, 6, 7, 8, 8, 9, 10, 9, 9, 10, 11, 13, 16, 18, 19, 18, 16, 13],
  ),
  traffic: week(
    [3, 2, 1, 1, 2, 4, 9, 17, 18, 12, 10, 10, 11, 11, 12, 13, 16, 20, 19, 13, 9, 7, 6, 4],
    [6, 4, 3, 2, 2, 3, 4, 6, 8, 10, 12, 13, 13, 13, 13, 13, 13, 13, 12, 11, 9, 8, 8, 7],
  ),
  office: week(
    [1, 1, 1, 1, 1, 2, 4, 10, 14, 14, 13, 11, 9, 11, 12, 12, 10, 7, 4, 3, 2, 2, 1, 1],
    [1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 6, 5, 5, 5, 5, 4, 3, 2, 2, 2, 1, 1, 1],
  ),
} as const;

export type ProfileName = keyof typeof PROFILES;
