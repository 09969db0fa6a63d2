import type { SearchGraph } from '../search/graph.js';
import { type ArcLists, RECORD } from './arc-lists.js';
import type { Contraction } from './contraction.js';
import { fingerprintOf, type Hierarchy } from './hierarchy.js';

/** The hierarchy that a finished contraction has left behind in its lists. */
export function assembleHierarchy(graph: SearchGraph, { leaving, entering, level }: Contraction): Hierarchy {
  const nodeAt = sortByLevel(level);
  const placeOf = new Int32Array(nodeAt.length);
  for (let place = 0; place < nodeAt.length; place++) placeOf[nodeAt[place] ?? 0] = place;
  const rising = layArcs(leaving, nodeAt, placeOf);
  const falling = layArcs(entering, nodeAt, placeOf);
  return {
    nodeCount: graph.nodeCount,
    fingerprint: fingerprintOf(graph),
    arrays: {
      placeOf,
      nodeAt,
      firstRising: rising.first,
      rising: rising.arcs,
      risingOrigin: rising.origin,
      firstFalling: falling.first,
      falling: falling.arcs,
      fallingOrigin: falling.origin,
    },
  };
}

/** All nodes, highest level first, and by number within a level. */
function sortByLevel(level: Int32Array): Int32Array {
  const highest = level.reduce((a, b) => Math.max(a, b), 0);
  const next = new Int32Array(highest + 2);
  for (const height of level) next[highest - height + 1] = (next[highest - height + 1] ?? 0) + 1;
  for (let depth = 0; depth <= highest; depth++)
    next[depth + 1] = (next[depth + 1] ?? 0) + (next[depth] ?? 0);
  const nodes = new Int32Array(level.length);
  for (let node = 0; node < level.length; node++) {
    const depth = highest - (level[node] ?? 0);
    const place = next[depth] ?? 0;
    nodes[place] = node;
    next[depth] = place + 1;
  }
  return nodes;
}

function layArcs(
  lists: ArcLists,
  nodeAt: Int32Array,
  placeOf: Int32Array,
): { first: Int32Array; arcs: Int32Array; origin: Int32Array } {
  const first = new Int32Array(nodeAt.length + 1);
  for (let place = 0; place < nodeAt.length; place++) {
    first[place + 1] = (first[place] ?? 0) + lists.degreeOf(nodeAt[place] ?? 0);
  }
  const { bounds, records } = lists;
  const total = first[nodeAt.length] ?? 0;
  const arcs = new Int32Array(2 * total);
  const origin = new Int32Array(total);
  for (let place = 0; place < nodeAt.length; place++) {
    let record = bounds[2 * (nodeAt[place] ?? 0)] ?? 0;
    const end = first[place + 1] ?? 0;
    for (let arc = first[place] ?? 0; arc < end; arc++) {
      arcs[2 * arc] = placeOf[records[record] ?? 0] ?? 0;
      arcs[2 * arc + 1] = records[record + 1] ?? 0;
      const from = records[record + 2] ?? 0;
      origin[arc] = from >= 0 ? from : ~(placeOf[~from] ?? 0);
      record += RECORD;
    }
  }
  return { first, arcs, origin };
}
