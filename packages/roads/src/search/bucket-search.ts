import type { Adjacency, End } from './graph.js';
import type { Metric } from './metric.js';
import type { Pins } from './pins.js';

/** Of a node that was not reached. */
export const UNREACHED = 0xffff_ffff;

const NONE = -1;

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

  /** Heads of the lists of entries, one for each time modulo the ring. */
  #bucket = new Int32Array(0);
  /** Every offer of a time to a node, in the order made. */
  #entryNode: Int32Array;
  #entryNext: Int32Array;
  #entryCount = 0;

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
    this.#entryNode = new Int32Array(graph.leaving.node.length + 64);
    this.#entryNext = new Int32Array(graph.leaving.node.length + 64);
    this.#time = new Uint32Array(graph.nodeCount + 16).fill(UNREACHED);
    this.#parent = new Int32Array(graph.nodeCount + 16);
  }

  run({ ends, pins, direct = [], wanted, limit, accept }: BucketQuery): void {
    this.#begin(pins, ends.length + direct.length, limit);
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
    this.#begin(pins, ends.length, limit);
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

  /** The nodes that were touched by the last run, some more than once. */
  *touched(): Iterable<number> {
    for (let entry = 0; entry < this.#entryCount; entry++) {
      const node = this.#entryNode[entry] ?? 0;
      if (node < this.#nodeCount) yield node;
    }
  }

  /**
   * How node or pin `index` was reached: a step number of the direction (nodes), an entry number of the pins (pins; `-1`
   * for a direct way), or `-1 - i` for end i of the query.
   */
  parentOf(index: number): number {
    return this.#parent[index] ?? NONE;
  }

  #begin(pins: Pins, extra: number, limit: number): void {
    for (let entry = 0; entry < this.#entryCount; entry++) {
      this.#time[this.#entryNode[entry] ?? 0] = UNREACHED;
    }
    this.#entryCount = 0;
    this.#found = [];
    this.#limit = Math.min(2 ** 30, limit);

    // A ring longer than the longest step: two times in one bucket are then always the same time.
    const longest = Math.max(this.#metric.longestStep, pins.longest);
    if (this.#bucket.length < longest + 2) {
      this.#bucket = new Int32Array(2 ** Math.ceil(Math.log2(longest + 2))).fill(NONE);
    }
    const nodes = this.#nodeCount + pins.capacity;
    if (nodes > this.#time.length) {
      this.#time = new Uint32Array(nodes + pins.capacity).fill(UNREACHED);
      this.#parent = new Int32Array(nodes + pins.capacity);
    }
    // Every step and every entry of a pin is offered at most once.
    const entries = this.#steps.node.length + pins.next.length + extra;
    if (entries > this.#entryNode.length) {
      this.#entryNode = new Int32Array(entries + pins.next.length);
      this.#entryNext = new Int32Array(entries + pins.next.length);
    }
  }

  /** Takes note of a way to `node` that takes `time`, if it is the best so far. */
  #offer(node: number, time: number, parent: number): void {
    if ((this.#time[node] ?? 0) <= time) return;
    this.#time[node] = time;
    this.#parent[node] = parent;
    const slot = time & (this.#bucket.length - 1);
    this.#entryNode[this.#entryCount] = node;
    this.#entryNext[this.#entryCount] = this.#bucket[slot] ?? NONE;
    this.#bucket[slot] = this.#entryCount++;
  }

  #settle(pins: Pins, wanted: number, accept: ((pin: number) => boolean) | undefined): void {
    const nodeCount = this.#nodeCount;
    const { first, node: nodeOf, weight: weightOf } = this.#steps;
    const time = this.#time;
    const parent = this.#parent;
    const bucket = this.#bucket;
    const mask = bucket.length - 1;
    const entryNode = this.#entryNode;
    const entryNext = this.#entryNext;
    const { first: pinned, next: nextPin, pin: pinOf, duration: pinDuration } = pins;
    let entryCount = this.#entryCount;
    let horizon = this.#limit;
    let taken = 0;
    let now = 0;
    while (taken < entryCount && now <= horizon) {
      const entry = bucket[now & mask] ?? NONE;
      if (entry === NONE) {
        now++;
        continue;
      }
      bucket[now & mask] = entryNext[entry] ?? NONE;
      taken++;
      const node = entryNode[entry] ?? 0;
      if (time[node] !== now) continue; // a better way was found after this entry was made

      if (node >= nodeCount) {
        // The rest of this bucket is still looked at, for pins of equal time.
        if (this.#found.push(node - nodeCount) === wanted) horizon = now;
        continue;
      }
      const end = first[node + 1] ?? 0;
      for (let step = first[node] ?? 0; step < end; step++) {
        const head = nodeOf[step] ?? 0;
        const then = now + (weightOf[step] ?? 0); // a closed step comes to more than UNREACHED
        if (then < (time[head] ?? 0)) {
          time[head] = then;
          parent[head] = step;
          entryNode[entryCount] = head;
          entryNext[entryCount] = bucket[then & mask] ?? NONE;
          bucket[then & mask] = entryCount++;
        }
      }
      for (let hung = pinned[node] ?? NONE; hung !== NONE; hung = nextPin[hung] ?? NONE) {
        const pin = nodeCount + (pinOf[hung] ?? 0);
        const then = now + (pinDuration[hung] ?? 0);
        if (then < (time[pin] ?? 0) && (!accept || accept(pin - nodeCount))) {
          time[pin] = then;
          parent[pin] = hung;
          entryNode[entryCount] = pin;
          entryNext[entryCount] = bucket[then & mask] ?? NONE;
          bucket[then & mask] = entryCount++;
        }
      }
    }
    this.#entryCount = entryCount;
    if (taken < entryCount) bucket.fill(NONE);
    this.#limit = Math.min(this.#limit, horizon);
  }
}
