import type { Instant } from '@lamplight/base';
import type { Trip } from '@lamplight/roads';

/** A recorded trip and when it began, by which trips to fit on and trips to judge by are told apart. */
export interface DepartedTrip extends Trip {
  readonly departedAt: Instant;
}

/** Trips of a file, and how many of its rows say nothing of a trip, by reason. */
export interface TripFile {
  readonly trips: readonly DepartedTrip[];
  /** The agency's time zone. */
  readonly timeZone: string;
  readonly passedOver: Readonly<Partial<Record<PassedOver, number>>>;
}

export type PassedOver =
  /** A row of a recording without a call, a unit, a place or the first stamps. */
  | 'unusable-row'
  /** The profile has no rule for the unit's station, or the station is not in the list. */
  | 'unit-without-station'
  /** The unit was cleared so shortly before that it need not have been back. */
  | 'unit-not-at-station'
  /** It never left or never arrived. */
  | 'no-travel-stamps'
  /** A trace in which no trip is found. */
  | 'trace-without-trip';

/** Counts reasons. */
export function createTally(): {
  readonly counts: Partial<Record<PassedOver, number>>;
  add(reason: PassedOver, times?: number): void;
} {
  const counts: Partial<Record<PassedOver, number>> = {};
  return {
    counts,
    add(reason, times = 1) {
      if (times > 0) counts[reason] = (counts[reason] ?? 0) + times;
    },
  };
}
