import { distance, isLonLat, type LonLat, type Seconds } from '@lamplight/base';
import type { Fix } from '../matching/index.js';
import type { RoadNetwork } from '../network/index.js';
import { createSnapper, type Snap } from '../snap.js';
import { HOURS_OF_WEEK } from './hour-of-week.js';

/** A journey that was recorded, from wheels rolling to arrival. */
export interface Trip {
  readonly from: LonLat;
  readonly to: LonLat;
  /** By the agency's wall clock at departure, 0 to 167 from Monday midnight; see `hourOfWeek`. */
  readonly hour: number;
  readonly duration: Seconds;
  /** With lights and siren; taken to be so when it is not told. */
  readonly urgent?: boolean;
  /** Where a trace was recorded: its fixes from departure to arrival, in seconds since departure; see `tripOfTrace`. */
  readonly fixes?: readonly Fix[];
}

/** Why a trip says nothing of travel times. */
export type TripFault =
  /** Positions that are none on Earth, a duration that is no number above 0, or no hour of the week. */
  | 'unreadable'
  | 'off-network'
  /** Origin and destination are the same place to within 30 m of road. */
  | 'same-place'
  | 'unreachable'
  /** Under 10 s: arrival was reported with departure. */
  | 'too-short'
  /** Over 45 minutes: something else happened on the way, or the report of arrival was forgotten. */
  | 'too-long'
  /** Faster than 200 km/h as the crow flies: a position or a stamp is wrong. */
  | 'too-fast';

const SHORTEST_TRIP = 10;
const LONGEST_TRIP = 45 * 60;
export const SAME_PLACE = 30;
const FASTEST = 200 / 3.6;

/** Trips left out, by reason. */
export type LeftOut = Readonly<Partial<Record<TripFault, number>>>;

/** A trip whose places are on the network. */
export interface SnappedTrip {
  readonly trip: Trip;
  readonly from: Snap;
  readonly to: Snap;
}

/** Puts trips on the network; those that say nothing of travel times are given back by their reason. */
export function snapTrips(
  network: RoadNetwork,
  trips: readonly Trip[],
): { readonly usable: SnappedTrip[]; readonly leftOut: Partial<Record<TripFault, number>> } {
  const snapper = createSnapper(network);
  const usable: SnappedTrip[] = [];
  const leftOut: Partial<Record<TripFault, number>> = {};
  for (const trip of trips) {
    const fault = findFault(trip);
    const from = fault ?? snapper.snap(trip.from);
    const to = fault ?? snapper.snap(trip.to);
    if (typeof from === 'string' || typeof to === 'string') count(leftOut, fault ?? 'unreadable');
    else if (from.ok && to.ok) usable.push({ trip, from: from.value, to: to.value });
    else count(leftOut, 'off-network');
  }
  return { usable, leftOut };
}

export function count(leftOut: Partial<Record<TripFault, number>>, fault: TripFault): void {
  leftOut[fault] = (leftOut[fault] ?? 0) + 1;
}

function findFault({ from, to, hour, duration }: Trip): TripFault | undefined {
  const hourExists = Number.isInteger(hour) && hour >= 0 && hour < HOURS_OF_WEEK;
  if (!isLonLat(from) || !isLonLat(to) || !hourExists || !(duration >= 0)) return 'unreadable';
  if (duration < SHORTEST_TRIP) return 'too-short';
  if (duration > LONGEST_TRIP) return 'too-long';
  return distance(from, to) / duration > FASTEST ? 'too-fast' : undefined;
}
