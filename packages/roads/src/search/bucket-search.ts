import { type Seconds, seconds } from '@lamplight/base';
import type { RoadNetwork } from '../network/index.js';
import { DECISECONDS_PER_SECOND } from '../network/network.js';
import type { Snap } from '../snap.js';
import { findDirect, listEntries, listExits, type NodeStretch, type Stretch } from './ends.js';

const NONE = -1;

/**
 * Dijkstra's algorithm over whole deciseconds with a ring of buckets in place of a heap (Dial, "Algorithm 360: Shortest
 * Path Forest with Topological Ordering", Communications of the ACM 12, 1969). O(arcs + longest time in deciseconds).
 *
 * The places to be reached take part as nodes of their own, hung on the nodes of their edges, so they come out in order
 * of time and the search stops the moment enough of them are settled. Arrays are stamped with the number of the run
 * rather than cleared. `away` searches from the source along arcs, `towards` against them to the source.
 */
export class BucketSearch {
  readonly #network: RoadNetwork;
  readonly #direction: 'away' | 'towards';
  readonly #nodeCount: number;

  readonly #first: Uint32Array;
  readonly #next: Uint32Array;
  readonly #weight: Uint32Array;

  /** Heads of the lists of entries, one for each time modulo the ring. */
  readonly #bucket: Int32Array;
  readonly #mask: number;
  #entryNode: Int32Array;
  #entryNext: Int32Array;
  #entryCount = 0;

  /** For each node and then each target: valid when its stamp is that of this run. */
  #time: Uint32Array;
  #stamp: Uint32Array;
  /** How a node was reached: an arc (in the numbering of the direction); `-1 - i` for source stretch i. */
  #parent: Int32Array;
  #run = 0;

  /** Targets hung on each node, as lists. */
  readonly #hungFirst: Int32Array;
  readonly #hungStamp: Uint32Array;
  #hungNext: Int32Array;
  #hungTarget: Int32Array;
  #hung: NodeStretch[] = [];

  #sources: readonly NodeStretch[] = [];
  #direct: (Stretch | undefined)[] = [];
  #targetCount = 0;
  #limit = Infinity;
  #reached: number[] = [];

  constructor(network: RoadNetwork, direction: 'away' | 'towards') {
    const { arrays, nodeCount, arcCount } = network;
    this.#network = network;
    this.#direction = direction;
    this.#nodeCount = nodeCount;
    if (direction === 'away') {
      this.#first = arrays.firstArc;
      this.#next = arrays.arcHead;
      this.#weight = arrays.arcDuration;
    } else {
      this.#first = arrays.firstIncoming;
      this.#next = arrays.incomingTail;
      this.#weight = arrays.incomingArc.map((arc) => arrays.arcDuration[arc] ?? 0);
    }
    // A ring longer than the longest step: two times in one bucket are then always the same time.
    const longest = this.#weight.reduce((a, b) => Math.max(a, b), 0);
    const ring = 2 ** Math.ceil(Math.log2(longest + 2));
    this.#bucket = new Int32Array(ring).fill(NONE);
    this.#mask = ring - 1;
    this.#entryNode = new Int32Array(arcCount + 64);
    this.#entryNext = new Int32Array(arcCount + 64);
    this.#time = new Uint32Array(nodeCount + 16);
    this.#stamp = new Uint32Array(nodeCount + 16);
    this.#parent = new Int32Array(nodeCount + 16);
    this.#hungFirst = new Int32Array(nodeCount);
    this.#hungStamp = new Uint32Array(nodeCount);
    this.#hungNext = new Int32Array(32);
    this.#hungTarget = new Int32Array(32);
  }

  /** Searches until `count` targets and all others of equal time are reached, or none is left within the limit. */
  run(source: Snap, targets: readonly Snap[], count: number, limit?: Seconds): void {
    const { arrays } = this.#network;
    this.#begin(targets.length, limit);
    if (targets.length === 0 || count <= 0) return;
    const away = this.#direction === 'away';
    this.#sources = away ? listExits(arrays, source) : listEntries(arrays, source);

    targets.forEach((target, index) => {
      for (const stretch of away ? listEntries(arrays, target) : listExits(arrays, target)) {
        this.#hang(index, stretch);
      }
      const direct = away ? findDirect(arrays, source, target) : findDirect(arrays, target, source);
      this.#direct.push(direct);
      if (direct) this.#offer(this.#nodeCount + index, direct.duration, NONE);
    });
    this.#sources.forEach(({ node, duration }, index) => {
      this.#offer(node, duration, -1 - index);
    });
    this.#settle(count);
  }

  /** Seconds between the source and the target of the last run; `Infinity` when it was not reached. */
  secondsTo(target: number): Seconds {
    const index = this.#nodeCount + target;
    const time = this.#time[index] ?? Infinity;
    const known = this.#stamp[index] === this.#run && time <= this.#limit;
    return seconds(known ? time / DECISECONDS_PER_SECOND : Infinity);
  }

  /** The first `count` targets that were reached, soonest first. */
  listReached(count: number): { index: number; duration: Seconds }[] {
    return this.#reached
      .map((index) => ({ index, duration: this.secondsTo(index) }))
      .sort((a, b) => a.duration - b.duration || a.index - b.index)
      .slice(0, count);
  }

  /**
   * The stretches driven to a reached target, in the order of driving. For searches `away` only. `undefined` when the
   * target was not reached.
   */
  findPath(target: number): Stretch[] | undefined {
    if (!Number.isFinite(this.secondsTo(target))) return undefined;
    const { arcEdge, arcDuration, edgeFrom, edgeTo } = this.#network.arrays;
    const hung = this.#hung[this.#parent[this.#nodeCount + target] ?? NONE];
    const direct = this.#direct[target];
    if (!hung) return direct ? [direct] : undefined;

    const path: Stretch[] = [hung];
    let parent = this.#parent[hung.node] ?? NONE;
    while (parent >= 0) {
      const edge = (arcEdge[parent] ?? 0) >>> 1;
      const against = (arcEdge[parent] ?? 0) & 1;
      path.push({ edge, start: against, end: 1 - against, duration: arcDuration[parent] ?? 0 });
      parent = this.#parent[(against ? edgeTo : edgeFrom)[edge] ?? 0] ?? NONE;
    }
    const source = this.#sources[-1 - parent];
    if (source) path.push(source);
    return path.reverse();
  }

  #begin(targetCount: number, limit: Seconds | undefined): void {
    this.#run++;
    if (this.#run > 0xffff_ffff) {
      this.#run = 1;
      this.#stamp.fill(0);
      this.#hungStamp.fill(0);
    }
    // Past 2^31 deciseconds, some seven years, the ring would count wrongly.
    this.#limit = Math.min(2 ** 31, Math.floor((limit ?? Infinity) * DECISECONDS_PER_SECOND + 1e-6));
    this.#targetCount = targetCount;
    this.#entryCount = 0;
    this.#hung = [];
    this.#direct = [];
    this.#sources = [];
    this.#reached = [];

    const nodes = this.#nodeCount + targetCount;
    if (nodes > this.#time.length) {
      this.#time = grown(this.#time, new Uint32Array(nodes + targetCount));
      this.#stamp = grown(this.#stamp, new Uint32Array(nodes + targetCount));
      this.#parent = grown(this.#parent, new Int32Array(nodes + targetCount));
    }
    // Every arc and every hung target is offered at most once, every source stretch and direct way once.
    const entries = this.#network.arcCount + 3 * targetCount + 2;
    if (entries > this.#entryNode.length) {
      this.#entryNode = new Int32Array(entries + 3 * targetCount);
      this.#entryNext = new Int32Array(entries + 3 * targetCount);
    }
    if (2 * targetCount > this.#hungNext.length) {
      this.#hungNext = new Int32Array(4 * targetCount);
      this.#hungTarget = new Int32Array(4 * targetCount);
    }
  }

  #hang(target: number, stretch: NodeStretch): void {
    const { node } = stretch;
    const index = this.#hung.push(stretch) - 1;
    this.#hungTarget[index] = target;
    this.#hungNext[index] = this.#hungStamp[node] === this.#run ? (this.#hungFirst[node] ?? NONE) : NONE;
    this.#hungFirst[node] = index;
    this.#hungStamp[node] = this.#run;
  }

  /** Takes note of a way to `node` that takes `time`, if it is the best so far. */
  #offer(node: number, time: number, parent: number): void {
    if (this.#stamp[node] === this.#run && (this.#time[node] ?? 0) <= time) return;
    this.#stamp[node] = this.#run;
    this.#time[node] = time;
    this.#parent[node] = parent;
    const entry = this.#entryCount++;
    const slot = time & this.#mask;
    this.#entryNode[entry] = node;
    this.#entryNext[entry] = this.#bucket[slot] ?? NONE;
    this.#bucket[slot] = entry;
  }

  #settle(count: number): void {
    const nodeCount = this.#nodeCount;
    const wanted = Math.min(count, this.#targetCount);
    const bucket = this.#bucket;
    const first = this.#first;
    const next = this.#next;
    const weight = this.#weight;
    let horizon = this.#limit;
    let taken = 0;
    let time = 0;
    while (taken < this.#entryCount && time <= horizon) {
      const entry = bucket[time & this.#mask] ?? NONE;
      if (entry === NONE) {
        time++;
        continue;
      }
      bucket[time & this.#mask] = this.#entryNext[entry] ?? NONE;
      taken++;
      const node = this.#entryNode[entry] ?? 0;
      if (this.#time[node] !== time) continue; // a better way was found after this entry was made

      if (node >= nodeCount) {
        // The rest of this bucket is still looked at, for targets of equal time.
        if (this.#reached.push(node - nodeCount) === wanted) horizon = time;
        continue;
      }
      const end = first[node + 1] ?? 0;
      for (let arc = first[node] ?? 0; arc < end; arc++) {
        this.#offer(next[arc] ?? 0, time + (weight[arc] ?? 0), arc);
      }
      if (this.#hungStamp[node] === this.#run) {
        for (let hung = this.#hungFirst[node] ?? NONE; hung !== NONE; hung = this.#hungNext[hung] ?? NONE) {
          const target = this.#hungTarget[hung] ?? 0;
          this.#offer(nodeCount + target, time + (this.#hung[hung]?.duration ?? 0), hung);
        }
      }
    }
    if (taken < this.#entryCount) bucket.fill(NONE);
    this.#limit = Math.min(this.#limit, horizon);
  }
}

function grown<Typed extends Uint32Array | Int32Array>(old: Typed, larger: Typed): Typed {
  larger.set(old);
  return larger;
}
