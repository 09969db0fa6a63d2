import { createMatcher, type Matcher } from '../matching/index.js';
import type { RoadNetwork } from '../network/index.js';
import { createMetric, type Metric } from '../search/metric.js';
import { type Calibration, durationsFor } from './calibration.js';
import { findDrivenWay } from './driven-way.js';
import { createPathFinder, type PathParts } from './paths.js';
import { SAME_PLACE, type SnappedTrip } from './trips.js';

/** A recorded time and the way that is taken to have been driven. */
export interface Observation {
  readonly path: PathParts;
  readonly band: number;
  readonly urgent: boolean;
  /** Recorded seconds. */
  readonly seconds: number;
  /** A whole trip starts and ends at a stop; a leg in the middle of a trace does not. */
  readonly whole: boolean;
  /** How much it counts: the legs of a trip together as much as a trip. */
  readonly weight: number;
}

/** A trip seen on the network, or why it cannot be. */
export type Observed =
  | { readonly trip: Observation; readonly legs: readonly Observation[] }
  | 'unreachable'
  | 'same-place';

/**
 * The ways of trips: the fastest by a calibration, or those that were driven where the trips have fixes that can be
 * matched; the legs in the middle of such a way are observations of their own. In the order of the trips.
 */
export function observeTrips(
  network: RoadNetwork,
  calibration: Calibration,
  trips: readonly SnappedTrip[],
): Observed[] {
  const observed: Observed[] = trips.map(() => 'unreachable');
  calibration.bands.forEach(({ hours }, band) => {
    const inBand = new Set(hours);
    const here = [...trips.entries()].filter(([, { trip }]) => inBand.has(trip.hour));
    if (here.length === 0) return;
    const durations = durationsFor(network, calibration, band);
    const metric = createMetric(network, { turns: calibration.turns, durations });
    const paths = findPaths(
      metric,
      here.map(([, snapped]) => snapped),
    );
    const matcher = here.some(([, { trip }]) => trip.fixes) ? createMatcher(metric) : undefined;
    for (const [index, snapped] of here) {
      const path = paths.get(snapped);
      if (path) observed[index] = observe(snapped, band, path, metric, matcher);
    }
  });
  return observed;
}

/** One search for all that start at the same place, as the trips of a station do. */
function findPaths(metric: Metric, trips: readonly SnappedTrip[]): Map<SnappedTrip, PathParts> {
  const finder = createPathFinder(metric);
  const groups = new Map<string, SnappedTrip[]>();
  for (const trip of trips) {
    const key = `${trip.from.edge} ${trip.from.fraction}`;
    const group = groups.get(key);
    if (group) group.push(trip);
    else groups.set(key, [trip]);
  }
  const paths = new Map<SnappedTrip, PathParts>();
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const found = finder.find(
      first.from,
      group.map(({ to }) => to),
    );
    for (const [index, trip] of group.entries()) {
      const path = found[index];
      if (path) paths.set(trip, path);
    }
  }
  return paths;
}

function observe(
  { trip }: SnappedTrip,
  band: number,
  fastest: PathParts,
  metric: Metric,
  matcher: Matcher | undefined,
): Observed {
  const driven = matcher && trip.fixes && findDrivenWay(metric, matcher, trip.fixes);
  const path = driven?.path ?? fastest;
  if (path.metres < SAME_PLACE) return 'same-place';
  const shared = { band, urgent: trip.urgent ?? true };
  const legs = (driven?.legs ?? []).filter((leg) => leg.path.duration > 0);
  return {
    trip: { path, ...shared, seconds: trip.duration, whole: true, weight: 1 },
    legs: legs.map((leg) => ({ ...leg, ...shared, whole: false, weight: 1 / legs.length })),
  };
}
