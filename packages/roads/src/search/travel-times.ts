import { err, type Result, type Seconds, seconds } from '@lamplight/base';
import type { RoadsError } from '../errors.js';
import type { Hierarchy } from '../hierarchy/index.js';
import { DECISECONDS_PER_SECOND } from '../network/network.js';
import type { Snap } from '../snap.js';
import { BucketSearch, UNREACHED } from './bucket-search.js';
import {
  findDirect,
  listEntries,
  listExits,
  type NodeStretch,
  type Stretch,
  stretchOfStep,
  tailOfStep,
} from './ends.js';
import type { Metric } from './metric.js';
import { Pins } from './pins.js';
import { type PreparedTimes, usePrepared } from './prepared-times.js';
import { layRoute, type Route } from './route.js';

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
  /** Seconds from one place to another. */
  time(origin: Snap, destination: Snap, options?: SearchOptions): Seconds;
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
  /**
   * From now on answers come from the hierarchy, for as long as the weights are those it was prepared for; when one
   * changes, from searches again, until another hierarchy is given. False, and nothing changes, when it does not fit
   * the weights of now.
   */
  useHierarchy(hierarchy: Hierarchy): boolean;
  /** Whether answers come from a hierarchy at the moment. */
  readonly isPrepared: boolean;
}

/**
 * Two engines behind one interface, which give the same answers: Dijkstra with buckets, which needs no preparation and
 * whose cost grows with the area searched; and, once there is one that fits, a hierarchy. `nearest` is always a search,
 * since it stops as soon as enough are found.
 */
export function createTravelTimes(metric: Metric): TravelTimes {
  const search = createSearcher(metric);
  let held: PreparedTimes | undefined;
  const prepared = (): PreparedTimes | undefined => (held?.isCurrent ? held : undefined);

  const oneToMany: TravelTimes['oneToMany'] = (origin, destinations, { limit } = {}) => {
    const ready = prepared();
    if (ready) return secondsOf(ready.matrix([origin], destinations), limit);
    search.run('away', origin, destinations, destinations.length, limit);
    return Float64Array.from(destinations, (_, index) => search.secondsTo('away', index));
  };
  const manyToOne: TravelTimes['manyToOne'] = (origins, destination, { limit } = {}) => {
    const ready = prepared();
    if (ready) return secondsOf(ready.matrix(origins, [destination]), limit);
    search.run('towards', destination, origins, origins.length, limit);
    return Float64Array.from(origins, (_, index) => search.secondsTo('towards', index));
  };

  return {
    time(origin, destination, { limit } = {}) {
      const time = prepared()?.time(origin, destination);
      if (time !== undefined) return toSeconds(time, limit);
      search.run('away', origin, [destination], 1, limit);
      return search.secondsTo('away', 0);
    },
    oneToMany,
    manyToOne,
    matrix(origins, destinations, options) {
      const ready = prepared();
      if (ready) return secondsOf(ready.matrix(origins, destinations), options?.limit);
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
      search.run('towards', destination, origins, count, limit);
      return search
        .listFound('towards')
        .map((index) => ({ index, duration: search.secondsTo('towards', index) }))
        .sort((a, b) => a.duration - b.duration || a.index - b.index)
        .slice(0, count);
    },
    route(from, to) {
      const ready = prepared();
      if (!ready) search.run('away', from, [to], 1);
      const path = ready ? ready.path(from, to) : search.findPath(0);
      return path
        ? { ok: true, value: layRoute(metric.network, from, path) }
        : err({ code: 'unreachable', message: 'no way leads from the one place to the other' });
    },
    useHierarchy(hierarchy) {
      const fitting = usePrepared(metric, hierarchy);
      if (fitting) held = fitting;
      return fitting !== undefined;
    },
    get isPrepared() {
      return prepared() !== undefined;
    },
  };
}

type Direction = 'away' | 'towards';

/** Hangs the places of one question on the graph, searches, and takes them down again. */
function createSearcher(metric: Metric) {
  const engines = { away: new BucketSearch(metric, 'away'), towards: new BucketSearch(metric, 'towards') };
  const pins = new Pins(metric.graph.nodeCount);
  let sources: readonly NodeStretch[] = [];
  let places: readonly (readonly NodeStretch[])[] = [];
  let direct: { pin: number; stretch: Stretch; duration: number }[] = [];

  const secondsTo = (direction: Direction, pin: number): Seconds => {
    const time = engines[direction].timeTo(pin);
    return seconds(time === UNREACHED ? Infinity : time / DECISECONDS_PER_SECOND);
  };

  return {
    secondsTo,
    run(direction: Direction, source: Snap, targets: readonly Snap[], wanted: number, limit?: Seconds): void {
      const away = direction === 'away';
      sources = away ? listExits(metric, source) : listEntries(metric, source);
      places = targets.map((target) => (away ? listEntries(metric, target) : listExits(metric, target)));
      direct = targets.flatMap((target, pin) => {
        const stretch = away ? findDirect(metric, source, target) : findDirect(metric, target, source);
        return stretch ? [{ pin, stretch, duration: stretch.duration }] : [];
      });
      places.forEach((ends, pin) => {
        pins.put(pin, ends);
      });
      engines[direction].run({ ends: sources, pins, direct, wanted, limit: decisecondsOf(limit) });
      places.forEach((_, pin) => {
        pins.remove(pin);
      });
    },
    listFound: (direction: Direction): readonly number[] => engines[direction].found,

    /** The stretches driven to a place found by the last run `away`, in the order of driving. */
    findPath(pin: number): Stretch[] | undefined {
      const { away } = engines;
      if (away.timeTo(pin) === UNREACHED) return undefined;
      const entry = away.parentOf(metric.graph.nodeCount + pin);
      if (entry < 0) return direct.filter((way) => way.pin === pin).map(({ stretch }) => stretch);

      const time = away.timeTo(pin);
      const last = places[pin]?.find(({ node, duration }) => away.timeAt(node) + duration === time);
      if (!last) return undefined;
      const path: Stretch[] = [last];
      let parent = away.parentOf(last.node);
      while (parent >= 0) {
        path.push(stretchOfStep(metric, parent));
        parent = away.parentOf(tailOfStep(metric, parent));
      }
      const source = sources[-1 - parent];
      if (source) path.push(source);
      return path.reverse();
    },
  };
}

function toSeconds(deciseconds: number, limit: Seconds = seconds(Infinity)): Seconds {
  const known = deciseconds !== UNREACHED && deciseconds <= decisecondsOf(limit);
  return seconds(known ? deciseconds / DECISECONDS_PER_SECOND : Infinity);
}

function secondsOf(deciseconds: Uint32Array, limit: Seconds | undefined): Float64Array {
  const times = new Float64Array(deciseconds.length);
  for (let index = 0; index < times.length; index++)
    times[index] = toSeconds(deciseconds[index] ?? UNREACHED, limit);
  return times;
}

/** Whole deciseconds that are not more than the limit. */
export const decisecondsOf = (limit: Seconds | undefined): number =>
  limit === undefined ? Infinity : Math.floor(limit * DECISECONDS_PER_SECOND + 1e-6);
