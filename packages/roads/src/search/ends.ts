import { at, NO_ARC } from '../network/network.js';
import type { Snap } from '../snap.js';
import type { Metric } from './metric.js';

/**
 * A stretch of one edge between two of its fractions, driven in the direction from `start` to `end`; the part of a
 * trip between a place on an edge and one of the edge's nodes, or another place on it.
 */
export interface Stretch {
  readonly edge: number;
  readonly start: number;
  readonly end: number;
  /** Deciseconds, with the turn into it where there is one. */
  readonly duration: number;
}

/** A stretch before or after which a trip is at a node of the search graph. An `End` of a search. */
export interface NodeStretch extends Stretch {
  readonly node: number;
}

/** Which way along the geometry of its edge something is under way. */
export type Heading = 'along' | 'against';

/**
 * The ways from a place into the graph: to the end of its edge in either direction that may be driven, or only in the
 * direction of the heading. At a node itself (fraction 0 or 1) one is there already, and every street is open.
 */
export function listExits(metric: Metric, { edge, fraction }: Snap, heading?: Heading): NodeStretch[] {
  const { arrays } = metric.network;
  const node = nodeAt(metric, edge, fraction);
  if (node !== undefined && heading === undefined) {
    if (!metric.turns) return [{ edge, start: fraction, end: fraction, duration: 0, node }];
    const exits: NodeStretch[] = [];
    const end = at(arrays.firstArc, node + 1);
    for (let arc = at(arrays.firstArc, node); arc < end; arc++) {
      if (metric.closed[arc] === 0) exits.push({ ...wholeArc(metric, arc), node: arc });
    }
    return exits;
  }
  const exits: NodeStretch[] = [];
  const leave = (arc: number, end: number): void => {
    if (arc === NO_ARC) return;
    const duration = shareOf(metric, arc, Math.abs(end - fraction));
    exits.push({ edge, start: fraction, end, duration, node: metric.turns ? arc : at(arrays.arcHead, arc) });
  };
  if (heading !== 'against') leave(at(arrays.edgeForwardArc, edge), 1);
  if (heading !== 'along') leave(at(arrays.edgeBackwardArc, edge), 0);
  return exits;
}

/** The ways from the graph to a place. */
export function listEntries(metric: Metric, { edge, fraction }: Snap): NodeStretch[] {
  const { arrays } = metric.network;
  const node = nodeAt(metric, edge, fraction);
  if (node !== undefined) {
    const here = { edge, start: fraction, end: fraction, duration: 0 };
    if (!metric.turns) return [{ ...here, node }];
    const entries: NodeStretch[] = [];
    const end = at(arrays.firstIncoming, node + 1);
    for (let i = at(arrays.firstIncoming, node); i < end; i++) {
      for (const state of metric.statesOf(at(arrays.incomingArc, i))) entries.push({ ...here, node: state });
    }
    return entries;
  }
  const entries: NodeStretch[] = [];
  const enter = (arc: number, start: number): void => {
    if (arc === NO_ARC) return;
    const duration = shareOf(metric, arc, Math.abs(fraction - start));
    const stretch = { edge, start, end: fraction };
    if (!metric.turns) {
      entries.push({ ...stretch, duration, node: at(start === 0 ? arrays.edgeFrom : arrays.edgeTo, edge) });
      return;
    }
    for (const state of metric.statesOf(arc)) {
      const end = at(arrays.firstIncomingTurn, state + 1);
      for (let i = at(arrays.firstIncomingTurn, state); i < end; i++) {
        const delay = at(arrays.turnDelay, at(arrays.incomingTurn, i));
        entries.push({ ...stretch, duration: delay + duration, node: at(arrays.incomingTurnState, i) });
      }
    }
  };
  enter(at(arrays.edgeForwardArc, edge), 0);
  enter(at(arrays.edgeBackwardArc, edge), 1);
  return entries;
}

/**
 * The way between two places that uses no node of the search graph: along the edge they share, where the direction is
 * allowed; and, where nodes of the graph are states, from a junction into a street that begins there.
 */
export function findDirect(metric: Metric, from: Snap, to: Snap, heading?: Heading): Stretch | undefined {
  const { edgeForwardArc, edgeBackwardArc, edgeFrom, edgeTo } = metric.network.arrays;
  const { edge } = to;
  if (from.edge === edge && from.fraction === to.fraction) {
    return { edge, start: to.fraction, end: to.fraction, duration: 0 };
  }
  let best: Stretch | undefined;
  const drive = (start: number): void => {
    const along = to.fraction > start;
    const arc = at(along ? edgeForwardArc : edgeBackwardArc, edge);
    if (start !== to.fraction && arc === NO_ARC) return;
    const duration = start === to.fraction ? 0 : shareOf(metric, arc, Math.abs(to.fraction - start));
    if (best === undefined || duration < best.duration) best = { edge, start, end: to.fraction, duration };
  };
  if (
    from.edge === edge &&
    (heading === undefined || to.fraction > from.fraction === (heading === 'along'))
  ) {
    drive(from.fraction);
  }
  const node = metric.turns && heading === undefined ? nodeAt(metric, from.edge, from.fraction) : undefined;
  if (node !== undefined && at(edgeFrom, edge) === node) drive(0);
  if (node !== undefined && at(edgeTo, edge) === node) drive(1);
  return best;
}

/** The edges that `findDirect` may use from a place: its own, and at a node all that meet there. */
export function edgesAround(metric: Metric, { edge, fraction }: Snap): readonly number[] {
  const { arrays } = metric.network;
  const node = metric.turns ? nodeAt(metric, edge, fraction) : undefined;
  if (node === undefined) return [edge];
  const edges = new Set([edge]);
  for (let arc = at(arrays.firstArc, node); arc < at(arrays.firstArc, node + 1); arc++) {
    edges.add(at(arrays.arcEdge, arc) >>> 1);
  }
  for (let i = at(arrays.firstIncoming, node); i < at(arrays.firstIncoming, node + 1); i++) {
    edges.add(at(arrays.arcEdge, at(arrays.incomingArc, i)) >>> 1);
  }
  return [...edges];
}

/** The stretch that step number `step` of the graph drives: a whole edge. */
export function stretchOfStep(metric: Metric, step: number): Stretch {
  const { arrays } = metric.network;
  const arc = metric.turns ? at(arrays.stateArc, at(arrays.turnState, step)) : step;
  return { ...wholeArc(metric, arc), duration: at(metric.graph.leaving.weight, step) };
}

/** The node from which step number `step` of the graph leads. With turns, O(log states). */
export function tailOfStep({ network: { arrays }, turns }: Metric, step: number): number {
  if (!turns) {
    const arcEdge = at(arrays.arcEdge, step);
    return at(arcEdge & 1 ? arrays.edgeTo : arrays.edgeFrom, arcEdge >>> 1);
  }
  let low = 0;
  let high = arrays.firstTurn.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (at(arrays.firstTurn, middle) <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}

function wholeArc({ network: { arrays }, durations }: Metric, arc: number): Stretch {
  const arcEdge = at(arrays.arcEdge, arc);
  const against = arcEdge & 1;
  return { edge: arcEdge >>> 1, start: against, end: 1 - against, duration: at(durations, arc) };
}

function nodeAt({ network: { arrays } }: Metric, edge: number, fraction: number): number | undefined {
  if (fraction === 0) return at(arrays.edgeFrom, edge);
  if (fraction === 1) return at(arrays.edgeTo, edge);
  return undefined;
}

const shareOf = ({ durations }: Metric, arc: number, share: number): number =>
  Math.round(at(durations, arc) * share);
