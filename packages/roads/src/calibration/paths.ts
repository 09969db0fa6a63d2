import { at, DECISECONDS_PER_SECOND, NO_ARC } from '../network/network.js';
import { ROAD_CLASSES } from '../profile/index.js';
import { BucketSearch, UNREACHED } from '../search/bucket-search.js';
import { findDirect, listEntries, listExits, stretchOfStep, tailOfStep } from '../search/ends.js';
import type { Metric } from '../search/metric.js';
import { Pins } from '../search/pins.js';
import type { Snap } from '../snap.js';

/** What the fastest way is made of. */
export interface PathParts {
  /** Seconds by the metric that was searched. */
  readonly duration: number;
  readonly metres: number;
  /** For each of `ROAD_CLASSES`: seconds that driving on it takes by the speeds of the network. */
  readonly freeFlow: Float64Array;
  /** Seconds of the duration that are turns. */
  readonly turning: number;
}

/** Finds the fastest ways from a place to many, and takes them apart by class of road. Owns the memory of its search. */
export function createPathFinder(metric: Metric): {
  find(from: Snap, destinations: readonly Snap[]): (PathParts | undefined)[];
} {
  const search = new BucketSearch(metric, 'away');
  const pins = new Pins(metric.graph.nodeCount);

  return {
    find(from, destinations) {
      const exits = listExits(metric, from);
      const entries = destinations.map((destination) => listEntries(metric, destination));
      const ways = destinations.map((destination) => findDirect(metric, from, destination));
      entries.forEach((ends, pin) => {
        pins.put(pin, ends);
      });
      const direct = ways.flatMap((way, pin) => (way ? [{ pin, duration: way.duration }] : []));
      search.run({ ends: exits, pins, direct, wanted: destinations.length, limit: Infinity });
      destinations.forEach((_, pin) => {
        pins.remove(pin);
      });

      return destinations.map((_, pin): PathParts | undefined => {
        const time = search.timeTo(pin);
        if (time === UNREACHED) return undefined;
        const parts = createParts(metric);
        const way = ways[pin];
        if (search.parentOf(metric.graph.nodeCount + pin) < 0) {
          if (way) parts.add(way);
          return parts.take(time);
        }
        const last = entries[pin]?.find(({ node, duration }) => search.timeAt(node) + duration === time);
        if (!last) return undefined;
        parts.add(last);
        let parent = search.parentOf(last.node);
        while (parent >= 0) {
          parts.add(stretchOfStep(metric, parent));
          parent = search.parentOf(tailOfStep(metric, parent));
        }
        const first = exits[-1 - parent];
        if (first) parts.add(first);
        return parts.take(time);
      });
    },
  };
}

/** A part of an edge that was driven, from one share of its length to another. */
export interface Driven {
  readonly edge: number;
  readonly start: number;
  readonly end: number;
}

/** What a way that was driven is made of; its parts follow one another. */
export function pathAlong(metric: Metric, driven: readonly Driven[]): PathParts {
  const parts = createParts(metric);
  let turning = 0;
  let before: number | undefined;
  for (const part of driven) {
    if (part.start === part.end) continue;
    parts.add(part);
    const arc = arcOf(metric, part);
    if (before !== undefined && arc !== before) turning += turnDelay(metric, before, arc);
    before = arc;
  }
  return parts.take(parts.driving() + turning);
}

/** Deciseconds of the turn from the end of one arc into another; 0 where the network knows of none. */
function turnDelay(metric: Metric, from: number, to: number): number {
  const { arrays } = metric.network;
  if (!metric.turns) return 0;
  for (const state of metric.statesOf(from)) {
    const end = at(arrays.firstTurn, state + 1);
    for (let turn = at(arrays.firstTurn, state); turn < end; turn++) {
      if (arrays.stateArc[at(arrays.turnState, turn)] === to) return at(arrays.turnDelay, turn);
    }
  }
  return 0;
}

const arcOf = ({ network: { arrays } }: Metric, { edge, start, end }: Driven): number =>
  at(end > start ? arrays.edgeForwardArc : arrays.edgeBackwardArc, edge);

/** Adds up a way part by part. */
function createParts(metric: Metric): {
  add(part: Driven): void;
  /** Deciseconds of the parts so far, without turns. */
  driving(): number;
  /** The way, which takes so many deciseconds with its turns. */
  take(time: number): PathParts;
} {
  const { arrays } = metric.network;
  const freeFlow = new Float64Array(ROAD_CLASSES.length);
  let metres = 0;
  let driving = 0;
  return {
    add(part) {
      if (part.start === part.end) return;
      // Against a one-way street the other direction tells how fast it is.
      const own = arcOf(metric, part);
      const arc = own === NO_ARC ? arcOf(metric, { ...part, start: part.end, end: part.start }) : own;
      const share = Math.abs(part.end - part.start);
      const roadClass = at(arrays.edgeClass, part.edge);
      freeFlow[roadClass] =
        (freeFlow[roadClass] ?? 0) + (at(arrays.arcDuration, arc) * share) / DECISECONDS_PER_SECOND;
      metres += at(arrays.edgeLength, part.edge) * share;
      driving += Math.round(at(metric.durations, arc) * share);
    },
    driving: () => driving,
    take: (time) => ({
      duration: time / DECISECONDS_PER_SECOND,
      metres,
      freeFlow,
      turning: Math.max(0, time - driving) / DECISECONDS_PER_SECOND,
    }),
  };
}
