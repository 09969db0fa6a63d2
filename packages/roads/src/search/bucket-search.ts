import type { Adjacency, End } from './graph.js';
import type { Metric } from './metric.js';
import type { Pins } from './pins.js';

/** Of a node that was not reached. */
export const UNREACHED = 0xffff_ffff;

const NONE = -1;
const EMPTY = new Int32Array(0);

export interface BucketQuery {
  /** Where the search begins. */
  readonly ends: readonly End[];
  /** What it may find. */
  readonly pins: Pins;
  /** Ways to pins that use no node: deciseconds. */
  readonly direct?: readonly { readonly pin: number; readonly duration: number }[];
  /** Stop when so many pins are found, and all others of equal time. */
  readonly wanted: number;
  /** Deciseconds; what lies beyond is not found. */
  readonly limit: number;
  /** Pins it refuses are passed by and do not count. Asked at most once for each end of a pin. */
  readonly accept?: ((pin: number) => boolean) | undefined;
}

/**
 * Dijkstra's algorithm over whole deciseconds with a ring of buckets in place of a heap (Dial, "Algorithm 360: Shortest
 * Path Forest with Topological Ordering", Communications of the ACM 12, 1969). O(steps + longest time in deciseconds).
 *
 * It prepares nothing and reads the weights as they are at the moment. Pins take part as nodes of their own, so they
 * come out in order of time and the search stops the moment enough of them are found. Afterwards only what was touched
 * is cleared. `away` searches along steps, `towards` against them.
 */
export class BucketSearch {
  readonly #metric: Metric;
  readonly #steps: Adjacency;
  readonly #nodeCount: number;

  /** Nodes offered a time, one list for each time modulo the ring. */
  #buckets: Int32Array[] = [];
  /** For each of these lists: how long it is. */
  #counts = new Int32Array(0);
  /** How many entries are queued before the search begins. */
  #waiting = 0;
  /** Every node that was offered a time, once. */
  #touched: Int32Array;
  #touchedCount = 0;

  /** For each node and then each pin: deciseconds. */
  #time: Uint32Array;
  /** How it was reached: a step number of this direction, an entry of the pins, or `-1 - i` for end i. */
  #parent: Int32Array;
  #found: number[] = [];
  #limit = 0;

  constructor(metric: Metric, direction: 'away' | 'towards') {
    const { graph } = metric;
    this.#metric = metric;
    this.#steps = direction === 'away' ? graph.leaving : graph.entering;
    this.#nodeCount = graph.nodeCount;
    this.#touched = new Int32Array(graph.nodeCount + 16);
    this.#time = new Uint32Array(graph.nodeCount + 16).fill(UNREACHED);
    this.#parent = new Int32Array(graph.nodeCount + 16);
  }

  run({ ends, pins, direct = [], wanted, limit, accept }: BucketQuery): void {
    this.#begin(pins, limit);
    if (wanted <= 0 || pins.count === 0) return;
    for (const { pin, duration } of direct) {
      if (!accept || accept(pin)) this.#offer(this.#nodeCount + pin, duration, NONE);
    }
    ends.forEach(({ node, duration }, index) => {
      this.#offer(node, duration, -1 - index);
    });
    this.#settle(pins, Math.min(wanted, pins.count), accept);
  }

  /** Reaches every node within the limit; `timeAt` tells of each. */
  flood(ends: readonly End[], limit: number, pins: Pins): void {
    this.#begin(pins, limit);
    ends.forEach(({ node, duration }, index) => {
      this.#offer(node, duration, -1 - index);
    });
    this.#settle(pins, Infinity, undefined);
  }

  /** Deciseconds to a node, or `UNREACHED`. */
  timeAt(node: number): number {
    const time = this.#time[node] ?? UNREACHED;
    return time <= this.#limit ? time : UNREACHED;
  }

  /** Deciseconds to a pin, or `UNREACHED`. */
  timeTo(pin: number): number {
    return this.timeAt(this.#nodeCount + pin);
  }

  /** The pins found, in order of time. */
  get found(): readonly number[] {
    return this.#found;
  }

  /** The nodes and pins (numbered on from the nodes) that were offered a time by the last run. */
  get touched(): Int32Array {
    return this.#touched.subarray(0, this.#touchedCount);
  }

  /**
   * How node or pin `index` was reached: a step number of the direction (nodes), an entry number of the pins (pins; `-1`
   * for a direct way), or `-1 - i` for end i of the query.
   */
  parentOf(index: number): number {
    return this.#parent[index] ?? NONE;
  }

  #begin(pins: Pins, limit: number): void {
    for (let i = 0; i < this.#touchedCount; i++) this.#time[this.#touched[i] ?? 0] = UNREACHED;
    this.#touchedCount = 0;
    this.#found = [];
    this.#waiting = 0;
    this.#limit = Math.min(2 ** 30, limit);

    // A ring longer than the longest step: two times in one bucket are then always the same time.
    const longest = Math.max(this.#metric.longestStep, pins.longest);
    if (this.#counts.length < longest + 2) {
      const ring = 2 ** Math.ceil(Math.log2(longest + 2));
      this.#counts = new Int32Array(ring);
      this.#buckets = Array.from({ length: ring }, () => EMPTY);
    }
    const nodes = this.#nodeCount + pins.capacity;
    if (nodes > this.#time.length) {
      this.#time = new Uint32Array(nodes + pins.capacity).fill(UNREACHED);
      this.#parent = new Int32Array(nodes + pins.capacity);
      this.#touched = new Int32Array(nodes + pins.capacity);
    }
  }

  /** Takes note of a way to `node` that takes `time`, if it is the best so far. */
  #offer(node: number, time: number, parent: number): void {
    const before = this.#time[node] ?? 0;
    if (before <= time) return;
    if (before === UNREACHED) this.#touched[this.#touchedCount++] = node;
    this.#time[node] = time;
    this.#parent[node] = parent;
    this.#waiting++;
    this.#queue(node, time & (this.#counts.length - 1));
  }

  #queue(node: number, slot: number): void {
    const count = this.#counts[slot] ?? 0;
    let bucket = this.#buckets[slot] ?? EMPTY;
    if (count === bucket.length) {
      const longer = new Int32Array(Math.max(16, 2 * count));
      longer.set(bucket);
      bucket = longer;
      this.#buckets[slot] = longer;
    }
    bucket[count] = node;
    this.#counts[slot] = count + 1;
  }

  #settle(pins: Pins, wanted: number, accept: ((pin: number) => boolean) | undefined): void {
    const nodeCount = this.#nodeCount;
    const { first, node: nodeOf, weight: weightOf } = this.#steps;
    const time = this.#time;
    const parent = this.#parent;
    const buckets = this.#buckets;
    const counts = this.#counts;
    const mask = counts.length - 1;
    const touched = this.#touched;
    const { first: pinned, next: nextPin, pin: pinOf, duration: pinDuration } = pins;
    let touchedCount = this.#touchedCount;
    let waiting = this.#waiting;
    let horizon = this.#limit;
    for (let now = 0; waiting > 0 && now <= horizon; now++) {
      const slot = now & mask;
      // Of this very time more may come while it is gone through: pins that hang on a node without distance.
      for (let index = 0; index < (counts[slot] ?? 0); index++) {
        waiting--;
        const node = buckets[slot]?.[index] ?? 0;
        if (time[node] !== now) continue; // a better way was found after this one was noted

        if (node >= nodeCount) {
          // The rest of this bucket is still looked at, for pins of equal time.
          if (this.#found.push(node - nodeCount) === wanted) horizon = now;
          continue;
        }
        const end = first[node + 1] ?? 0;
        for (let step = first[node] ?? 0; step < end; step++) {
          const head = nodeOf[step] ?? 0;
          const then = now + (weightOf[step] ?? 0); // a closed step comes to no less than UNREACHED
          const before = time[head] ?? 0;
          if (then >= before) continue;
          if (before === UNREACHED) touched[touchedCount++] = head;
          time[head] = then;
          parent[head] = step;
          waiting++;
          const into = then & mask;
          const count = counts[into] ?? 0;
          const bucket = buckets[into] ?? EMPTY;
          if (count < bucket.length) {
            bucket[count] = head;
            counts[into] = count + 1;
          } else this.#queue(head, into);
        }
        for (let hung = pinned[node] ?? NONE; hung !== NONE; hung = nextPin[hung] ?? NONE) {
          const pin = nodeCount + (pinOf[hung] ?? 0);
          const then = now + (pinDuration[hung] ?? 0);
          const before = time[pin] ?? 0;
          if (then >= before || (accept && !accept(pin - nodeCount))) continue;
          if (before === UNREACHED) touched[touchedCount++] = pin;
          time[pin] = then;
          parent[pin] = hung;
          waiting++;
          this.#queue(pin, then & mask);
        }
      }
      counts[slot] = 0;
    }
    this.#touchedCount = touchedCount;
    if (waiting > 0) counts.fill(0);
    this.#limit = Math.min(this.#limit, horizon);
  }
}
