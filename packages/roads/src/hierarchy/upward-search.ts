import { at } from '../network/network.js';
import type { End } from '../search/graph.js';
import { MinHeap } from '../search/min-heap.js';
import { type Direction, type Hierarchy, LAST_RUN, UNREACHED, upwardArcs } from './hierarchy.js';

/**
 * Dijkstra's algorithm on the arcs that climb, from the ends of a trip. A place to which a more important one that is
 * already reached offers a shorter way down is not searched from ("stall on demand", Geisberger et al. 2012): no
 * shortest way climbs over it. The times of the others are never too short, and exact on every shortest way.
 */
export class UpwardSearch {
  /** The places that were settled and not stalled, in the order of time. */
  readonly settled: Int32Array;
  settledCount = 0;
  /** For each place, side by side: the run that reached it last, and when. */
  readonly #reached: Int32Array;
  readonly #placeOf: Int32Array;
  readonly #first: Int32Array;
  readonly #arcs: Int32Array;
  readonly #firstDown: Int32Array;
  readonly #down: Int32Array;
  readonly #heap = new MinHeap(1024);
  #run = 0;

  constructor(hierarchy: Hierarchy, direction: Direction) {
    const { nodeCount, arrays } = hierarchy;
    const up = upwardArcs(hierarchy, direction);
    const down = upwardArcs(hierarchy, direction === 'along' ? 'against' : 'along');
    this.settled = new Int32Array(nodeCount);
    this.#reached = new Int32Array(2 * nodeCount);
    this.#placeOf = arrays.placeOf;
    this.#first = up.first;
    this.#arcs = up.arcs;
    this.#firstDown = down.first;
    this.#down = down.arcs;
  }

  /** The time of a place that the last run settled. */
  timeAt(place: number): number {
    return this.#reached[2 * place + 1] ?? UNREACHED;
  }

  /** Searches from the ends, whose durations count. Throws for an end that is not a node or lies in the past. */
  run(ends: readonly End[]): void {
    this.settledCount = 0;
    const reached = this.#reached;
    if (this.#run === LAST_RUN) {
      reached.fill(0);
      this.#run = 0;
    }
    const run = ++this.#run;
    const first = this.#first;
    const arcs = this.#arcs;
    const firstDown = this.#firstDown;
    const down = this.#down;
    const heap = this.#heap;
    heap.clear();
    for (const { node, duration } of ends) {
      const place = at(this.#placeOf, node);
      if (duration < 0) throw new RangeError(`duration: ${duration} is less than none`);
      if (duration >= UNREACHED || (reached[2 * place] === run && (reached[2 * place + 1] ?? 0) <= duration))
        continue;
      reached[2 * place] = run;
      reached[2 * place + 1] = duration;
      heap.push(duration, place);
    }
    let count = 0;
    while (heap.size > 0) {
      const now = heap.topTime;
      const place = heap.topNode;
      heap.drop();
      if (reached[2 * place + 1] !== now) continue;
      let stalled = false;
      const downEnd = 2 * (firstDown[place + 1] ?? 0);
      for (let arc = 2 * (firstDown[place] ?? 0); arc < downEnd; arc += 2) {
        const other = down[arc] ?? 0;
        if (reached[2 * other] === run && (reached[2 * other + 1] ?? 0) + (down[arc + 1] ?? 0) < now) {
          stalled = true;
          break;
        }
      }
      if (stalled) continue;
      this.settled[count++] = place;
      const end = 2 * (first[place + 1] ?? 0);
      for (let arc = 2 * (first[place] ?? 0); arc < end; arc += 2) {
        const later = now + (arcs[arc + 1] ?? 0);
        const other = arcs[arc] ?? 0;
        if (later >= UNREACHED) continue;
        if (reached[2 * other] === run && (reached[2 * other + 1] ?? 0) <= later) continue;
        reached[2 * other] = run;
        reached[2 * other + 1] = later;
        heap.push(later, other);
      }
    }
    this.settledCount = count;
  }
}
