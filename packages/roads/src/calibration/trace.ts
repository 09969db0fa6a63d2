import {
  distance,
  elapsed,
  err,
  type Instant,
  isLonLat,
  type LonLat,
  ok,
  type Result,
} from '@lamplight/base';
import { hourOfWeek } from './hour-of-week.js';
import type { Trip } from './trips.js';

/** One measured position of a vehicle. */
export interface TraceFix {
  readonly at: Instant;
  readonly position: LonLat;
}

/** Within so many metres of its first or last fix a vehicle has not left, or has arrived. */
const STANDING = 50;
const FEWEST_FIXES = 3;

/**
 * The journey in a trace: from the last fix near the first one to the first fix near the last one. `zone` is the agency's time zone. Refused, with the reason, when there are fewer than three fixes,
 * when they are not in order of time or no positions on Earth, and when the vehicle never leaves.
 */
export function tripOfTrace(fixes: readonly TraceFix[], zone: string): Result<Trip, string> {
  if (fixes.length < FEWEST_FIXES) return err(`has ${fixes.length} fixes, and needs ${FEWEST_FIXES}`);
  for (const [index, { at, position }] of fixes.entries()) {
    if (!isLonLat(position)) return err(`fix ${index + 1} is no position on Earth`);
    const before = fixes[index - 1];
    if (before && !(at >= before.at)) return err(`fix ${index + 1} is earlier than the one before`);
  }
  const [first] = fixes;
  const last = fixes.at(-1);
  if (!first || !last) return err('has no fixes');
  const leaving = fixes.findIndex(({ position }) => distance(position, first.position) > STANDING) - 1;
  const start = fixes[leaving];
  if (!start) return err('never leaves its first place');
  const arrival = fixes.findIndex(
    ({ position }, index) => index > leaving && distance(position, last.position) <= STANDING,
  );
  const end = fixes[arrival];
  if (!end) return err('never leaves its first place');

  return ok({
    from: start.position,
    to: end.position,
    hour: hourOfWeek(start.at, zone),
    duration: elapsed(start.at, end.at),
    fixes: fixes
      .slice(leaving, arrival + 1)
      .map(({ at, position }) => ({ at: elapsed(start.at, at), position })),
  });
}
