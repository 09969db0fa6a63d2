import { type Seconds, seconds } from '@lamplight/base';
import { createUnitBuckets, type Hierarchy, hierarchyFits, type UnitBuckets } from '../hierarchy/index.js';
import { at, DECISECONDS_PER_SECOND } from '../network/network.js';
import { BucketSearch, UNREACHED } from '../search/bucket-search.js';
import { edgesAround, findDirect, type Heading, listEntries, listExits } from '../search/ends.js';
import type { End } from '../search/graph.js';
import type { Metric } from '../search/metric.js';
import { Pins } from '../search/pins.js';
import { decisecondsOf, type SearchOptions } from '../search/travel-times.js';
import type { Snap } from '../snap.js';

export interface UnitTime<Id> {
  readonly id: Id;
  readonly duration: Seconds;
}

export interface NearestUnitsOptions<Id> extends SearchOptions {
  /** Who may be among the answers: duty, capability. Asked inside the search, so the search goes on past the others. */
  readonly accept?: (id: Id) => boolean;
}

/**
 * Where units are, kept on the edges they are on, so that a question costs the area searched and not the number of
 * units. Times are from the unit to the place.
 */
export interface UnitIndex<Id extends string | number> {
  readonly size: number;
  /**
   * Puts a unit at a place, or moves it there. One that is driving has a heading: it leaves its edge forwards, and turns
   * round only where the network lets it. O(turns at the end of the edge).
   */
  put(id: Id, place: Snap, heading?: Heading): void;
  remove(id: Id): void;
  /** The `count` units soonest at the place, soonest first; equal times by id. Fewer when fewer can reach it. */
  nearest(place: Snap, count: number, options?: NearestUnitsOptions<Id>): UnitTime<Id>[];
  /** The time of every unit to the place, in the order in which they were first put; `Infinity` where there is no way. */
  timesTo(place: Snap, options?: SearchOptions): UnitTime<Id>[];
  /**
   * From now on `timesTo` is answered from the hierarchy, for as long as the weights are those it was prepared for; then
   * by searches again. False, and nothing changes, when it does not fit. Costs a short search for each unit.
   */
  useHierarchy(hierarchy: Hierarchy): boolean;
  /** Whether `timesTo` is answered from a hierarchy at the moment. */
  readonly isPrepared: boolean;
}

/** What is held of a hierarchy that fits the weights of one version. */
interface Prepared {
  readonly version: number;
  readonly buckets: UnitBuckets;
}

/** A search over so many nodes costs about as much as moving one unit in the buckets (measured on two cities). */
const NODES_PER_MOVE = 400;

interface Placed<Id> {
  readonly id: Id;
  readonly place: Snap;
  readonly heading: Heading | undefined;
}

export function createUnitIndex<Id extends string | number = string>(metric: Metric): UnitIndex<Id> {
  const search = new BucketSearch(metric, 'towards');
  const pins = new Pins(metric.graph.nodeCount);
  const slots = new Map<Id, number>();
  const placed: (Placed<Id> | undefined)[] = [];
  const free: number[] = [];
  const edgesOf: (number[] | undefined)[] = [];
  const exitsOf: (readonly End[])[] = [];
  /** For each edge with units on it, or at a node of it: their slots. */
  const onEdge = new Map<number, Set<number>>();
  /** Units whose first stretch has a new time since they were hung. */
  const stale = new Set<number>();
  metric.watch((arc) => {
    for (const slot of onEdge.get(at(metric.network.arrays.arcEdge, arc) >>> 1) ?? []) stale.add(slot);
  });

  let held: Prepared | undefined;
  const prepared = (): Prepared | undefined => (held?.version === metric.version ? held : undefined);
  /** Units that are not yet, or no longer, where the buckets have them. */
  const moved = new Set<number>();
  let times = new Uint32Array(64);

  const hang = (slot: number, unit: Placed<Id>): void => {
    const exits = listExits(metric, unit.place, unit.heading);
    exitsOf[slot] = exits;
    pins.put(slot, exits);
    if (prepared()) moved.add(slot);
    for (const edge of edgesAround(metric, unit.place)) standOn(edge, slot);
  };
  const standOn = (edge: number, slot: number): void => {
    const others = onEdge.get(edge);
    if (others) others.add(slot);
    else onEdge.set(edge, new Set([slot]));
    const edges = edgesOf[slot];
    if (!edges) edgesOf[slot] = [edge];
    else if (!edges.includes(edge)) edges.push(edge);
  };
  const takeOff = (slot: number): void => {
    pins.remove(slot);
    if (prepared()) moved.add(slot);
    for (const edge of edgesOf[slot] ?? []) {
      const others = onEdge.get(edge);
      others?.delete(slot);
      if (others?.size === 0) onEdge.delete(edge);
    }
    edgesOf[slot] = undefined;
  };
  const refresh = (): void => {
    for (const slot of stale) {
      const unit = placed[slot];
      if (unit) {
        takeOff(slot);
        hang(slot, unit);
      }
    }
    stale.clear();
  };

  /** The ways to a place that use no node of the graph. */
  const listDirect = (place: Snap): { pin: number; duration: number }[] => {
    const direct: { pin: number; duration: number }[] = [];
    for (const slot of onEdge.get(place.edge) ?? []) {
      const unit = placed[slot];
      const way = unit && findDirect(metric, unit.place, place, unit.heading);
      if (way) direct.push({ pin: slot, duration: way.duration });
    }
    return direct;
  };
  const ask = (
    place: Snap,
    wanted: number,
    limit: Seconds | undefined,
    accept?: (id: Id) => boolean,
  ): void => {
    refresh();
    search.run({
      ends: listEntries(metric, place),
      pins,
      direct: listDirect(place),
      wanted,
      limit: decisecondsOf(limit),
      accept: accept && ((slot) => isAccepted(accept, placed[slot])),
    });
  };
  const timeOf = (slot: number, id: Id): UnitTime<Id> => toUnitTime(id, search.timeTo(slot), Infinity);

  /** Brings up to `count` units to where they are in the buckets. */
  const renew = (units: UnitBuckets, count: number): void => {
    for (const slot of moved) {
      if (count-- <= 0) return;
      if (placed[slot]) units.put(slot, exitsOf[slot] ?? []);
      else units.remove(slot);
      moved.delete(slot);
    }
  };

  /** Fills `times` from the buckets; false when so many units moved that one search for all is cheaper. */
  const look = (place: Snap, { buckets }: Prepared): boolean => {
    const many = metric.graph.nodeCount / NODES_PER_MOVE;
    renew(buckets, moved.size > many ? many / 4 : many);
    if (moved.size > 0) return false;
    if (times.length < placed.length) times = new Uint32Array(2 * placed.length);
    buckets.timesTo(listEntries(metric, place), times);
    for (const { pin, duration } of listDirect(place)) {
      if (duration < (times[pin] ?? 0)) times[pin] = duration;
    }
    return true;
  };

  return {
    get size() {
      return slots.size;
    },
    put(id, place, heading) {
      const slot = slots.get(id) ?? free.pop() ?? placed.length;
      slots.set(id, slot);
      takeOff(slot);
      const unit: Placed<Id> = { id, place, heading };
      placed[slot] = unit;
      hang(slot, unit);
    },
    remove(id) {
      const slot = slots.get(id);
      if (slot === undefined) return;
      takeOff(slot);
      placed[slot] = undefined;
      slots.delete(id);
      free.push(slot);
    },
    nearest(place, count, { accept, limit } = {}) {
      ask(place, count, limit, accept);
      return search.found
        .flatMap((slot) => {
          const unit = placed[slot];
          return unit ? [timeOf(slot, unit.id)] : [];
        })
        .sort((a, b) => a.duration - b.duration || (a.id < b.id ? -1 : 1))
        .slice(0, Math.max(0, count));
    },
    useHierarchy(hierarchy) {
      if (!hierarchyFits(hierarchy, metric.graph)) return false;
      refresh();
      const buckets = createUnitBuckets(hierarchy);
      for (const slot of slots.values()) buckets.put(slot, exitsOf[slot] ?? []);
      moved.clear();
      held = { version: metric.version, buckets };
      return true;
    },
    get isPrepared() {
      return prepared() !== undefined;
    },
    timesTo(place, { limit } = {}) {
      const ready = prepared();
      if (ready && look(place, ready)) {
        const longest = decisecondsOf(limit);
        return Array.from(slots, ([id, slot]) => toUnitTime(id, times[slot] ?? UNREACHED, longest));
      }
      ask(place, slots.size, limit);
      return Array.from(slots, ([id, slot]) => timeOf(slot, id));
    },
  };
}

function toUnitTime<Id>(id: Id, time: number, longest: number): UnitTime<Id> {
  const known = time !== UNREACHED && time <= longest;
  return { id, duration: seconds(known ? time / DECISECONDS_PER_SECOND : Infinity) };
}

const isAccepted = <Id>(accept: (id: Id) => boolean, unit: Placed<Id> | undefined): boolean =>
  unit !== undefined && accept(unit.id);
