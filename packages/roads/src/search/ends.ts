import type { NetworkArrays } from '../network/index.js';
import { at, NO_ARC } from '../network/network.js';
import type { Snap } from '../snap.js';

/**
 * A stretch of one edge between two of its fractions, driven in the direction from `start` to `end`; the part of a
 * trip between a place on an edge and one of the edge's nodes, or another place on it.
 */
export interface Stretch {
  readonly edge: number;
  readonly start: number;
  readonly end: number;
  /** Deciseconds. */
  readonly duration: number;
}

/** A stretch that ends, or starts, at a node. */
export interface NodeStretch extends Stretch {
  readonly node: number;
}

/** The ways from a place to the nodes of its edge. At a node itself one is there already, whatever the one-way. */
export function listExits(arrays: NetworkArrays, { edge, fraction }: Snap): NodeStretch[] {
  const exits: NodeStretch[] = [];
  const along = durationAlong(arrays, edge, fraction, 1);
  if (along !== undefined) {
    exits.push({ edge, start: fraction, end: 1, duration: along, node: at(arrays.edgeTo, edge) });
  }
  const against = durationAlong(arrays, edge, fraction, 0);
  if (against !== undefined) {
    exits.push({ edge, start: fraction, end: 0, duration: against, node: at(arrays.edgeFrom, edge) });
  }
  return exits;
}

/** The ways from the nodes of its edge to a place. */
export function listEntries(arrays: NetworkArrays, { edge, fraction }: Snap): NodeStretch[] {
  const entries: NodeStretch[] = [];
  const along = durationAlong(arrays, edge, 0, fraction);
  if (along !== undefined) {
    entries.push({ edge, start: 0, end: fraction, duration: along, node: at(arrays.edgeFrom, edge) });
  }
  const against = durationAlong(arrays, edge, 1, fraction);
  if (against !== undefined) {
    entries.push({ edge, start: 1, end: fraction, duration: against, node: at(arrays.edgeTo, edge) });
  }
  return entries;
}

/** The way between two places on the same edge without leaving it, where the direction is allowed. */
export function findDirect(arrays: NetworkArrays, from: Snap, to: Snap): Stretch | undefined {
  if (from.edge !== to.edge) return undefined;
  const duration = durationAlong(arrays, from.edge, from.fraction, to.fraction);
  return duration === undefined
    ? undefined
    : { edge: from.edge, start: from.fraction, end: to.fraction, duration };
}

/** Deciseconds from one fraction of an edge to another, or `undefined` when that way round is not allowed. */
function durationAlong(
  { arcDuration, edgeForwardArc, edgeBackwardArc }: NetworkArrays,
  edge: number,
  start: number,
  end: number,
): number | undefined {
  if (start === end) return 0;
  const arc = at(end > start ? edgeForwardArc : edgeBackwardArc, edge);
  return arc === NO_ARC ? undefined : Math.round(at(arcDuration, arc) * Math.abs(end - start));
}
