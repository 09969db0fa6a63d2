import type { Result, Seconds } from '@lamplight/base';
import type { RoadsError } from '../errors.js';
import type { RoadNetwork } from '../network/index.js';
import type { Snap } from '../snap.js';
import { BucketSearch } from './bucket-search.js';
import { type Route, traceRoute } from './route.js';

export interface SearchOptions {
  /** Do not look farther than this; what lies beyond has time `Infinity`. No limit by default. */
  readonly limit?: Seconds;
}

export interface Nearest {
  /** Index into the origins that were given. */
  readonly index: number;
  readonly duration: Seconds;
}

/**
 * Shortest travel times on a network. Times are seconds, in whole tenths, `Infinity` where there is no way. A vehicle
 * starts and ends in the middle of an edge, may turn round there when the street is two-way, and obeys one-way streets
 * on the part that it drives. All implementations give the same answers to the tenth of a second.
 *
 * An object owns the memory that its searches work in: use one for each worker or line of work.
 */
export interface TravelTimes {
  /** Seconds from the origin to each destination. */
  oneToMany(origin: Snap, destinations: readonly Snap[], options?: SearchOptions): Float64Array;
  /** Seconds from each origin to the destination. */
  manyToOne(origins: readonly Snap[], destination: Snap, options?: SearchOptions): Float64Array;
  /** Seconds from origin i to destination j at `i * destinations.length + j`. */
  matrix(origins: readonly Snap[], destinations: readonly Snap[], options?: SearchOptions): Float64Array;
  /**
   * The `count` origins that reach the destination soonest, soonest first; equal times in the order of the origins.
   * Fewer when fewer can reach it.
   */
  nearest(destination: Snap, origins: readonly Snap[], count: number, options?: SearchOptions): Nearest[];
  /** The fastest way, or `unreachable`. Its duration is that of `oneToMany`. */
  route(from: Snap, to: Snap): Result<Route, RoadsError>;
}

/** The engine in use: Dijkstra with buckets, in both directions. Cost grows with the area searched. */
export function createTravelTimes(network: RoadNetwork): TravelTimes {
  const away = new BucketSearch(network, 'away');
  const towards = new BucketSearch(network, 'towards');

  const oneToMany: TravelTimes['oneToMany'] = (origin, destinations, { limit } = {}) => {
    away.run(origin, destinations, destinations.length, limit);
    return Float64Array.from(destinations, (_, index) => away.secondsTo(index));
  };
  const manyToOne: TravelTimes['manyToOne'] = (origins, destination, { limit } = {}) => {
    towards.run(destination, origins, origins.length, limit);
    return Float64Array.from(origins, (_, index) => towards.secondsTo(index));
  };

  return {
    oneToMany,
    manyToOne,
    matrix(origins, destinations, options) {
      const { length: columns } = destinations;
      const times = new Float64Array(origins.length * columns);
      if (origins.length <= columns) {
        origins.forEach((origin, row) => {
          times.set(oneToMany(origin, destinations, options), row * columns);
        });
      } else {
        destinations.forEach((destination, column) => {
          manyToOne(origins, destination, options).forEach((duration, row) => {
            times[row * columns + column] = duration;
          });
        });
      }
      return times;
    },
    nearest(destination, origins, count, { limit } = {}) {
      towards.run(destination, origins, count, limit);
      return towards.listReached(count);
    },
    route: (from, to) => traceRoute(network, away, from, to),
  };
}
