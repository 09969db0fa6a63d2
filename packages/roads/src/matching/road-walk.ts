import { groupBy } from '../network/group-by.js';
import { at, NO_ARC } from '../network/network.js';
import type { Metric } from '../search/metric.js';
import { MinHeap } from '../search/min-heap.js';

/** A place on an edge that is being driven: twice the edge, plus one against its geometry; and the share behind. */
export interface DrivenPlace {
  readonly directed: number;
  readonly share: number;
}

/** Turning round costs as much as this way, in decimetres: it is seldom what happened between two fixes. */
const TURN_ROUND = 400;

const NONE = -1;

/**
 * Shortest ways by length between places near one another, by Dijkstra's algorithm with a heap; closures are not
 * looked at, since a vehicle on duty may be where it is closed. Lengths are whole decimetres. O(roads within the limit).
 *
 * It owns its memory, so one serves any number of vehicles that take turns.
 */
export class RoadWalk {
  /** Vertices are "at the end of this one": states where turns count, else directed edges. */
  readonly #list: Uint32Array;
  /** Steps from vertex v are `first[list[v]]` up to, not including, `first[list[v] + 1]`. */
  readonly #first: Uint32Array;
  /** For each step: the vertex it leads to and the directed edge driven. */
  readonly #vertex: Uint32Array;
  readonly #driven: Uint32Array;
  /** For each directed edge: the vertex at its end, or `NO_ARC` where it may not be driven. */
  readonly #end: Uint32Array;
  readonly #length: Int32Array;

  readonly #heap = new MinHeap(256);
  /** For each vertex, where `#since` is the number of this search: decimetres, and the step and vertex it came by. */
  readonly #reach: Int32Array;
  readonly #since: Uint32Array;
  readonly #by: Int32Array;
  readonly #from: Int32Array;
  /** For each directed edge: one more than the number of the target on it. */
  readonly #target: Uint8Array;
  #search = 0;

  constructor(metric: Metric, againstOneWay: boolean) {
    const { arrays, edgeCount, nodeCount } = metric.network;
    const { leaving } = metric.graph;
    this.#length = Int32Array.from(arrays.edgeLength, (length) => Math.max(1, Math.round(10 * length)));
    this.#end = new Uint32Array(2 * edgeCount).fill(NO_ARC);
    this.#target = new Uint8Array(2 * edgeCount);
    const states = metric.turns && !againstOneWay;
    for (let directed = 0; directed < 2 * edgeCount; directed++) {
      const arc = at(directed & 1 ? arrays.edgeBackwardArc : arrays.edgeForwardArc, directed >>> 1);
      if (arc !== NO_ARC || againstOneWay) this.#end[directed] = states ? arc : directed;
    }
    if (states) {
      this.#list = Uint32Array.from(arrays.stateArc.keys());
      this.#first = leaving.first;
      this.#vertex = leaving.node;
      this.#driven = Uint32Array.from(leaving.node, (state) =>
        at(arrays.arcEdge, at(arrays.stateArc, state)),
      );
    } else {
      this.#list = Uint32Array.from({ length: 2 * edgeCount }, (_, directed) =>
        at(directed & 1 ? arrays.edgeFrom : arrays.edgeTo, directed >>> 1),
      );
      const tails = this.#list.map((_, directed) => at(this.#list, directed ^ 1));
      const { first, order } = againstOneWay
        ? groupBy(tails, nodeCount)
        : { first: arrays.firstArc, order: arrays.arcEdge };
      this.#first = first;
      this.#vertex = order;
      this.#driven = order;
    }
    const vertices = this.#list.length;
    this.#reach = new Int32Array(vertices);
    this.#since = new Uint32Array(vertices);
    this.#by = new Int32Array(vertices);
    this.#from = new Int32Array(vertices);
  }

  readonly isDriven = (directed: number): boolean => this.#end[directed] !== NO_ARC;

  /** Decimetres of a whole edge. */
  lengthOf(directed: number): number {
    return this.#length[directed >>> 1] ?? 0;
  }

  /**
   * The length of the way from a place to each target, no two of which are on one directed edge, into `lengths`:
   * decimetres, `Infinity` where it is more than its limit. Turning round within an edge is possible.
   */
  measure(
    from: DrivenPlace,
    targets: readonly DrivenPlace[],
    limits: Float64Array,
    lengths: Float64Array,
  ): void {
    let missing = 0;
    let farthest = 0;
    targets.forEach((to, index) => {
      const direct = this.#direct(from, to);
      lengths[index] = direct;
      const limit = limits[index] ?? 0;
      if (direct <= limit || limit < 0) return;
      missing++;
      farthest = Math.max(farthest, limit);
      this.#target[to.directed] = index + 1;
    });
    if (missing > 0) this.#spread(from, targets, limits, lengths, missing, farthest);
    for (const to of targets) this.#target[to.directed] = 0;
    for (let i = 0; i < targets.length; i++) if ((lengths[i] ?? 0) > (limits[i] ?? 0)) lengths[i] = Infinity;
  }

  /**
   * The directed edges driven from one place to another, both theirs included. `direct` when the edge is not left, be
   * it by turning round on it; then only the last one is driven. None where there is no way.
   */
  findPath(
    from: DrivenPlace,
    to: DrivenPlace,
    limit: number,
  ): { readonly driven: readonly number[]; readonly direct: boolean } | undefined {
    if (this.#direct(from, to) <= limit) return { driven: [to.directed], direct: true };
    this.#target[to.directed] = 1;
    let vertex = this.#spread(from, [to], Float64Array.of(limit), new Float64Array(1), 1, limit);
    this.#target[to.directed] = 0;
    if (vertex === NONE) return undefined;
    const driven = [to.directed];
    while (this.#by[vertex] !== NONE) {
      driven.push(this.#driven[this.#by[vertex] ?? 0] ?? 0);
      vertex = this.#from[vertex] ?? 0;
    }
    driven.push(from.directed);
    return { driven: driven.reverse(), direct: false };
  }

  #direct(from: DrivenPlace, to: DrivenPlace): number {
    if (from.directed >>> 1 !== to.directed >>> 1) return Infinity;
    const turned = from.directed !== to.directed;
    const share = to.share - (turned ? 1 - from.share : from.share);
    if (share < 0) return Infinity;
    return share * (this.#length[from.directed >>> 1] ?? 0) + (turned ? TURN_ROUND : 0);
  }

  /** Goes through the roads until all targets are found. The vertex from which the last of them was entered. */
  #spread(
    from: DrivenPlace,
    targets: readonly DrivenPlace[],
    limits: Float64Array,
    lengths: Float64Array,
    missing: number,
    farthest: number,
  ): number {
    const heap = this.#heap;
    const search = ++this.#search;
    const start = this.#end[from.directed] ?? NO_ARC;
    if (start === NO_ARC) return NONE;
    targets.forEach((to, index) => {
      if (this.#target[to.directed] === index + 1) lengths[index] = Infinity;
    });
    heap.clear();
    this.#reach[start] = Math.round((1 - from.share) * (this.#length[from.directed >>> 1] ?? 0));
    this.#since[start] = search;
    this.#by[start] = NONE;
    heap.push(this.#reach[start] ?? 0, start);
    let left = missing;
    let bound = farthest;
    let entered = NONE;
    while (heap.size > 0) {
      const reach = heap.topTime;
      const vertex = heap.topNode;
      heap.drop();
      if (reach > bound) break;
      if (reach > (this.#reach[vertex] ?? 0)) continue;
      const by = this.#by[vertex] ?? NONE;
      const came = by === NONE ? from.directed : (this.#driven[by] ?? 0);
      const list = this.#list[vertex] ?? 0;
      const end = this.#first[list + 1] ?? 0;
      for (let step = this.#first[list] ?? 0; step < end; step++) {
        const driven = this.#driven[step] ?? 0;
        const tail = (driven ^ 1) === came ? reach + TURN_ROUND : reach;
        const target = this.#target[driven] ?? 0;
        const length = this.#length[driven >>> 1] ?? 0;
        if (target > 0) {
          const found = tail + (targets[target - 1]?.share ?? 0) * length;
          const known = lengths[target - 1] ?? 0;
          if (found < known && found <= (limits[target - 1] ?? 0)) {
            lengths[target - 1] = found;
            entered = vertex;
            // All are found; only a way without the turning round of this one may still be shorter.
            if (known === Infinity && --left === 0) bound = this.#farthestFound(targets, lengths);
          }
        }
        const next = this.#vertex[step] ?? 0;
        const then = tail + length;
        if (then > bound || (this.#since[next] === search && (this.#reach[next] ?? 0) <= then)) continue;
        this.#since[next] = search;
        this.#reach[next] = then;
        this.#by[next] = step;
        this.#from[next] = vertex;
        heap.push(then, next);
      }
    }
    return entered;
  }

  #farthestFound(targets: readonly DrivenPlace[], lengths: Float64Array): number {
    let farthest = 0;
    targets.forEach((to, index) => {
      if (this.#target[to.directed] === index + 1) farthest = Math.max(farthest, lengths[index] ?? 0);
    });
    return farthest;
  }
}
