import { at } from '../network/network.js';
import type { End } from '../search/graph.js';
import { type Direction, type Hierarchy, UNREACHABLE, UNREACHED, upwardArcs } from './hierarchy.js';
import { sweepDown } from './sweep.js';
import { UpwardSearch } from './upward-search.js';

/**
 * Times between one place and a list of others, by a search up from the one and a sweep down over the part of the
 * hierarchy that lies above the list (RPHAST: Delling, Goldberg & Werneck, "Faster Batched Shortest Paths in Road
 * Networks", ATMOS 2011). Choosing a list costs one walk over that part, far less than a search from each of its places.
 */
export class RestrictedSweep {
  readonly #search: UpwardSearch;
  readonly #placeOf: Int32Array;
  /** Arcs from a place up to those whose times are known before its own. */
  readonly #first: Int32Array;
  readonly #arcs: Int32Array;
  /** One bit for each place: whether it is chosen. */
  readonly #isChosen: Int32Array;
  /** The chosen places, most important first, and the index of each among them. */
  readonly #chosen: Int32Array;
  readonly #index: Int32Array;
  #count = 0;
  /** Their arcs, copied together, between indices in place of places. */
  #chosenFirst = new Int32Array(1);
  #chosenArcs = new Int32Array(0);
  #time = new Int32Array(0);
  #list: readonly (readonly End[])[] = [];

  /** For trips that start at the one and end at the others (`along`), or the other way round (`against`). */
  constructor(hierarchy: Hierarchy, direction: Direction) {
    const { nodeCount, arrays } = hierarchy;
    const { first, arcs } = upwardArcs(hierarchy, direction === 'along' ? 'against' : 'along');
    this.#search = new UpwardSearch(hierarchy, direction);
    this.#placeOf = arrays.placeOf;
    this.#first = first;
    this.#arcs = arcs;
    this.#isChosen = new Int32Array((nodeCount + 31) >>> 5);
    this.#chosen = new Int32Array(nodeCount);
    this.#index = new Int32Array(nodeCount).fill(-1);
  }

  /** How many places a sweep goes over. */
  get size(): number {
    return this.#count;
  }

  /** Chooses the list for all following calls of `times`. */
  choose(list: readonly (readonly End[])[]): void {
    for (let index = 0; index < this.#count; index++) this.#index[this.#chosen[index] ?? 0] = -1;
    this.#list = list;
    this.#count = this.#markAbove();
    this.#number();
    this.#copyArcs();
  }

  /** Deciseconds between the ends and each of the list, `UNREACHABLE` where there is no way, to `out[from + i]`. */
  times(ends: readonly End[], out: Uint32Array, from = 0): void {
    const list = this.#list;
    if (out.length < from + list.length) {
      throw new RangeError(`out: ${out.length} values where ${from + list.length} are needed`);
    }
    const time = this.#time;
    const search = this.#search;
    search.run(ends);
    time.fill(UNREACHED, 0, this.#count);
    for (let step = 0; step < search.settledCount; step++) {
      const place = search.settled[step] ?? 0;
      const index = this.#index[place] ?? 0;
      if (index >= 0) time[index] = search.timeAt(place);
    }
    sweepDown(time, this.#count, this.#chosenFirst, this.#chosenArcs);
    for (let item = 0; item < list.length; item++) {
      let best = UNREACHED;
      for (const { node, duration } of list[item] ?? []) {
        const through = (time[this.#index[this.#placeOf[node] ?? 0] ?? 0] ?? 0) + duration;
        if (through < best) best = through;
      }
      out[from + item] = best === UNREACHED ? UNREACHABLE : best;
    }
  }

  /** Marks all places above those of the list, themselves included, and counts them. */
  #markAbove(): number {
    const marks = this.#isChosen;
    const found = this.#chosen;
    const first = this.#first;
    const arcs = this.#arcs;
    let count = 0;
    for (const ends of this.#list) {
      for (const { node } of ends) {
        const place = at(this.#placeOf, node);
        const word = marks[place >>> 5] ?? 0;
        if (((word >>> (place & 31)) & 1) === 1) continue;
        marks[place >>> 5] = word | (1 << (place & 31));
        found[count++] = place;
      }
    }
    for (let next = 0; next < count; next++) {
      const place = found[next] ?? 0;
      const end = 2 * (first[place + 1] ?? 0);
      for (let arc = 2 * (first[place] ?? 0); arc < end; arc += 2) {
        const other = arcs[arc] ?? 0;
        const word = marks[other >>> 5] ?? 0;
        if (((word >>> (other & 31)) & 1) === 1) continue;
        marks[other >>> 5] = word | (1 << (other & 31));
        found[count++] = other;
      }
    }
    return count;
  }

  /** Lists the marked places in their order, and takes the marks off. */
  #number(): void {
    const marks = this.#isChosen;
    let count = 0;
    for (let word = 0; word < marks.length; word++) {
      for (let bits = marks[word] ?? 0; bits !== 0; bits &= bits - 1) {
        const place = (word << 5) | (31 - Math.clz32(bits & -bits));
        this.#index[place] = count;
        this.#chosen[count++] = place;
      }
    }
    marks.fill(0);
  }

  #copyArcs(): void {
    const count = this.#count;
    const first = this.#first;
    let total = 0;
    for (let index = 0; index < count; index++) {
      const place = this.#chosen[index] ?? 0;
      total += (first[place + 1] ?? 0) - (first[place] ?? 0);
    }
    if (this.#time.length < count) {
      this.#time = new Int32Array(count);
      this.#chosenFirst = new Int32Array(count + 1);
    }
    if (this.#chosenArcs.length < 2 * total) this.#chosenArcs = new Int32Array(2 * total);
    const copied = this.#chosenArcs;
    let end = 0;
    for (let index = 0; index < count; index++) {
      const place = this.#chosen[index] ?? 0;
      const stop = 2 * (first[place + 1] ?? 0);
      for (let arc = 2 * (first[place] ?? 0); arc < stop; arc += 2) {
        copied[end++] = this.#index[this.#arcs[arc] ?? 0] ?? 0;
        copied[end++] = this.#arcs[arc + 1] ?? 0;
      }
      this.#chosenFirst[index + 1] = end >> 1;
    }
  }
}
