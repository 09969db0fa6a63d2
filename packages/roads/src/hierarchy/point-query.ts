import { at } from '../network/network.js';
import type { End } from '../search/graph.js';
import { MinHeap } from '../search/min-heap.js';
import { type Hierarchy, LAST_RUN, UNREACHABLE, UNREACHED } from './hierarchy.js';
import { unpackFalling, unpackRising } from './unpack.js';

/** A shortest way through the graph. */
export interface HierarchyPath {
  /** Deciseconds, those of both ends included. */
  readonly time: number;
  /** Which of the given ends it leaves from and arrives at. */
  readonly source: number;
  readonly target: number;
  /** The steps of the graph, numbered as in `leaving`, in the order of driving. */
  readonly steps: readonly number[];
}

export interface PointQuery {
  /** Deciseconds of the shortest way from any source to any target; `UNREACHABLE` when there is none. */
  time(sources: readonly End[], targets: readonly End[]): number;
  /** That way, or `undefined` when there is none. */
  path(sources: readonly End[], targets: readonly End[]): HierarchyPath | undefined;
}

/** One side of the search: up along the arcs from the sources, or up against them from the targets. */
interface Side {
  /** For each place, side by side: the run that reached it last, and when. */
  readonly reached: Int32Array;
  /** The arc by which a place was reached, in the numbering of the side; `-1 - i` for end i. */
  readonly parent: Int32Array;
  readonly heap: MinHeap;
  readonly first: Int32Array;
  readonly arcs: Int32Array;
}

/**
 * Shortest ways between two places, by a search up from both (Geisberger et al. 2012) with stalling on demand. Owns the
 * memory it works in, 24 bytes for each node: one for each worker.
 */
export function createPointQuery(hierarchy: Hierarchy): PointQuery {
  const { nodeCount, arrays } = hierarchy;
  const { placeOf } = arrays;
  const side = (first: Int32Array, arcs: Int32Array): Side => ({
    reached: new Int32Array(2 * nodeCount),
    parent: new Int32Array(nodeCount),
    heap: new MinHeap(1024),
    first,
    arcs,
  });
  const along = side(arrays.firstRising, arrays.rising);
  const against = side(arrays.firstFalling, arrays.falling);
  let run = 0;
  let best = UNREACHED;
  let meeting = -1;

  const begin = ({ reached, parent, heap }: Side, ends: readonly End[]): void => {
    heap.clear();
    for (let index = 0; index < ends.length; index++) {
      const end = ends[index];
      if (!end) continue;
      const place = at(placeOf, end.node);
      if (end.duration < 0) throw new RangeError(`duration: ${end.duration} is less than none`);
      if (end.duration >= UNREACHED) continue;
      if (reached[2 * place] === run && (reached[2 * place + 1] ?? 0) <= end.duration) continue;
      reached[2 * place] = run;
      reached[2 * place + 1] = end.duration;
      parent[place] = -1 - index;
      heap.push(end.duration, place);
    }
  };

  /** Settles the nearest place of one side. */
  const settle = (here: Side, there: Side): void => {
    const { reached, parent, heap, first, arcs } = here;
    const now = heap.topTime;
    const place = heap.topNode;
    heap.drop();
    if (reached[2 * place + 1] !== now) return;
    if (there.reached[2 * place] === run) {
      const both = now + (there.reached[2 * place + 1] ?? 0);
      if (both < best) {
        best = both;
        meeting = place;
      }
    }
    const downEnd = 2 * (there.first[place + 1] ?? 0);
    for (let arc = 2 * (there.first[place] ?? 0); arc < downEnd; arc += 2) {
      const other = there.arcs[arc] ?? 0;
      if (reached[2 * other] !== run) continue;
      if ((reached[2 * other + 1] ?? 0) + (there.arcs[arc + 1] ?? 0) < now) return;
    }
    const end = 2 * (first[place + 1] ?? 0);
    for (let arc = 2 * (first[place] ?? 0); arc < end; arc += 2) {
      const later = now + (arcs[arc + 1] ?? 0);
      const other = arcs[arc] ?? 0;
      if (later >= best) continue;
      if (reached[2 * other] === run && (reached[2 * other + 1] ?? 0) <= later) continue;
      reached[2 * other] = run;
      reached[2 * other + 1] = later;
      parent[other] = arc >> 1;
      heap.push(later, other);
    }
  };

  const search = (sources: readonly End[], targets: readonly End[]): void => {
    if (run === LAST_RUN) {
      along.reached.fill(0);
      against.reached.fill(0);
      run = 0;
    }
    run++;
    best = UNREACHED;
    meeting = -1;
    begin(along, sources);
    begin(against, targets);
    for (;;) {
      const up = along.heap.size > 0 ? along.heap.topTime : UNREACHED;
      const down = against.heap.size > 0 ? against.heap.topTime : UNREACHED;
      if (up <= down) {
        if (up >= best) break;
        settle(along, against);
      } else {
        if (down >= best) break;
        settle(against, along);
      }
    }
  };

  return {
    time(sources, targets) {
      search(sources, targets);
      return meeting < 0 ? UNREACHABLE : best;
    },
    path(sources, targets) {
      search(sources, targets);
      if (meeting < 0) return undefined;
      const climb = listClimb(along, meeting);
      const descent = listClimb(against, meeting);
      const steps: number[] = [];
      for (const { place, arc } of climb.arcs.reverse()) unpackRising(hierarchy, place, arc, steps);
      for (const { place, arc } of descent.arcs) unpackFalling(hierarchy, place, arc, steps);
      return { time: best, source: climb.end, target: descent.end, steps };
    },
  };
}

/** The arcs by which one side reached `top`, from the top down, each with the place it leaves, and from which end. */
function listClimb(
  { parent, first }: Side,
  top: number,
): { arcs: { place: number; arc: number }[]; end: number } {
  const arcs: { place: number; arc: number }[] = [];
  let reached = at(parent, top);
  while (reached >= 0) {
    const place = placeOfArc(first, reached);
    arcs.push({ place, arc: reached });
    reached = at(parent, place);
  }
  return { arcs, end: -1 - reached };
}

/** The place in whose list an arc stands, by bisection; the last of those that begin there, as others are empty. */
function placeOfArc(first: Int32Array, arc: number): number {
  let low = 0;
  let high = first.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((first[middle] ?? 0) <= arc) low = middle;
    else high = middle;
  }
  return low;
}
