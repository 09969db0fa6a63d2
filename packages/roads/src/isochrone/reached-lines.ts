import { at, GRID_PER_DEGREE, NO_ARC } from '../network/network.js';
import { type BucketSearch, UNREACHED } from '../search/bucket-search.js';
import { listEntries, listExits, type NodeStretch } from '../search/ends.js';
import { CLOSED } from '../search/graph.js';
import type { Metric } from '../search/metric.js';
import { Pins } from '../search/pins.js';
import type { Snap } from '../snap.js';
import { createTracer, type ReachedLines } from './trace.js';

/**
 * Nodes are gone through in blocks of 2^`BLOCK`, in the order of their numbers, since what is near on the ground is near
 * in memory in that order and not in the order of time.
 */
const BLOCK = 7;

/**
 * All road that can be reached from a place within the last of some ascending limits (or, with a search `towards`,
 * from where the place can be reached), cut where a limit runs out. Times are those of `TravelTimes`, but for the
 * rounding of parts of an edge to tenths: a closed edge can be driven to and not through.
 */
export function createReach(metric: Metric, search: BucketSearch, direction: 'away' | 'towards') {
  const { network, graph, durations } = metric;
  const { arrays } = network;
  const { leaving } = graph;
  const noPins = new Pins(0);
  /** For each block of nodes: the last question that touched it. */
  const blocks = new Uint32Array((graph.nodeCount >>> BLOCK) + 1);
  let question = 0;
  const tracer = createTracer(network);
  let limit = 0;
  /** From where one is by then, all steps are driven to their ends. */
  let wellWithin = 0;

  const leave = (node: number, time: number): void => {
    if (!metric.turns) {
      const end = arrays.firstArc[node + 1] ?? 0;
      for (let arc = arrays.firstArc[node] ?? 0; arc < end; arc++) driveFrom(arc, time);
      return;
    }
    // Where the place itself lies on the arc, the part before it is not behind us; see `comeRound`.
    if (search.parentOf(node) >= 0) {
      const arc = arrays.stateArc[node] ?? 0;
      tracer.trace(arc, 0, 1, time - (durations[arc] ?? 0), time);
    }
    if (time <= wellWithin) return;
    const end = leaving.first[node + 1] ?? 0;
    for (let step = leaving.first[node] ?? 0; step < end; step++) {
      if (time + (leaving.weight[step] ?? 0) <= limit) continue; // reached to its end
      driveFrom(arrays.stateArc[leaving.node[step] ?? 0] ?? 0, time + (arrays.turnDelay[step] ?? 0));
    }
  };
  /** The arcs on which the place itself lies, from their beginnings. */
  const comeRound = (ends: readonly NodeStretch[]): void => {
    const { entering } = graph;
    for (const { node } of ends) {
      const end = entering.first[node + 1] ?? 0;
      for (let i = entering.first[node] ?? 0; i < end; i++) {
        const time = search.timeAt(entering.node[i] ?? 0);
        if (time === UNREACHED || entering.weight[i] === CLOSED) continue;
        driveFrom(arrays.stateArc[node] ?? 0, time + (arrays.turnDelay[entering.step[i] ?? 0] ?? 0));
      }
    }
  };
  const driveFrom = (arc: number, start: number): void => {
    if (start > limit) return;
    const duration = durations[arc] ?? 1;
    const high = Math.min(1, (limit - start) / duration);
    tracer.trace(arc, 0, high, start, start + high * duration);
  };
  const arrive = (node: number, time: number): void => {
    if (metric.turns) {
      driveTo(arrays.stateArc[node] ?? 0, 0, 1, time);
      return;
    }
    const end = arrays.firstIncoming[node + 1] ?? 0;
    for (let i = arrays.firstIncoming[node] ?? 0; i < end; i++) {
      driveTo(arrays.incomingArc[i] ?? 0, 0, 1, time);
    }
  };
  /** The last part of an arc between two of its shares, after which `time` is left to go. */
  const driveTo = (arc: number, start: number, end: number, time: number): void => {
    const duration = durations[arc] ?? 1;
    const low = Math.max(start, end - (limit - time) / duration);
    tracer.trace(arc, low, end, time + (end - low) * duration, time);
  };

  /** The part of an edge on which the place lies. */
  const beginAt = (place: Snap, { edge, start, end }: NodeStretch): void => {
    const along = direction === 'away' ? end > place.fraction : start < place.fraction;
    const arc = at(along ? arrays.edgeForwardArc : arrays.edgeBackwardArc, edge);
    if (arc === NO_ARC) return;
    const from = along ? start : 1 - start;
    const to = along ? end : 1 - end;
    if (direction === 'towards') {
      driveTo(arc, from, to, 0);
      return;
    }
    const duration = durations[arc] ?? 1;
    const high = Math.min(to, from + limit / duration);
    tracer.trace(arc, from, high, 0, (high - from) * duration);
  };

  return (place: Snap, limits: readonly number[]): ReachedLines => {
    limit = limits.at(-1) ?? 0;
    wellWithin = metric.closed.includes(1) ? -1 : limit - metric.longestStep;
    const lines = tracer.begin(limits);
    lines.add(place.position[0] * GRID_PER_DEGREE, place.position[1] * GRID_PER_DEGREE, 1);
    const ends = direction === 'away' ? listExits(metric, place) : listEntries(metric, place);
    search.flood(ends, limit, noPins);
    for (const end of ends) if (end.start !== end.end) beginAt(place, end);
    if (direction === 'away' && metric.turns) comeRound(ends);
    question++;
    const { touched } = search;
    for (let i = 0; i < touched.length; i++) blocks[(touched[i] ?? 0) >>> BLOCK] = question;
    for (let block = 0; block < blocks.length; block++) {
      if (blocks[block] !== question) continue;
      const end = Math.min(graph.nodeCount, (block + 1) << BLOCK);
      for (let node = block << BLOCK; node < end; node++) {
        const time = search.timeAt(node);
        if (time === UNREACHED) continue;
        if (direction === 'away') leave(node, time);
        else arrive(node, time);
      }
    }
    return lines;
  };
}
