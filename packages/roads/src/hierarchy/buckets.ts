import type { End } from '../search/graph.js';
import { type Direction, type Hierarchy, UNREACHABLE, UNREACHED } from './hierarchy.js';
import { UpwardSearch } from './upward-search.js';

/** What the search from one pin has left behind: in which places, and where in the bucket of each. */
interface Trail {
  places: Int32Array;
  positions: Int32Array;
  length: number;
}

/**
 * Times between pinned trips' ends and any other place. The search from a pin leaves its time in a bucket at each place
 * it settles; a search from the other side meets all pins there (Knopp, Sanders, Schultes, Schulz & Wagner, "Computing
 * Many-to-Many Shortest Paths Using Highway Hierarchies", ALENEX 2007). Stalled places get no entry, which keeps a pin
 * to some seventy of them in a city. Pins come and go one by one.
 */
export class Buckets {
  readonly #pinSearch: UpwardSearch;
  readonly #search: UpwardSearch;
  readonly #trails: Trail[] = [];
  /** For each place: where its bucket begins, how many entries it has and has room for. */
  readonly #start: Int32Array;
  readonly #count: Int32Array;
  readonly #room: Int32Array;
  /** Interleaved: pin and time. */
  #entries = new Int32Array(2 * 4096);
  /** For each entry: its index in the trail of its pin. */
  #step = new Int32Array(4096);
  #end = 0;

  /** Buckets for pins at which trips start (`along`) or end (`against`). */
  constructor(hierarchy: Hierarchy, direction: Direction) {
    this.#pinSearch = new UpwardSearch(hierarchy, direction);
    this.#search = new UpwardSearch(hierarchy, direction === 'along' ? 'against' : 'along');
    this.#start = new Int32Array(hierarchy.nodeCount);
    this.#count = new Int32Array(hierarchy.nodeCount);
    this.#room = new Int32Array(hierarchy.nodeCount);
  }

  /** All pins put so far have numbers below this. */
  get capacity(): number {
    return this.#trails.length;
  }

  /** Pins number `pin`, from 0, at the ends, in place of where it was before. */
  put(pin: number, ends: readonly End[]): void {
    if (!(Number.isInteger(pin) && pin >= 0)) throw new RangeError(`unit: ${pin} is not a number from 0`);
    while (this.#trails.length <= pin) {
      this.#trails.push({ places: new Int32Array(0), positions: new Int32Array(0), length: 0 });
    }
    this.remove(pin);
    const trail = this.#trails[pin];
    if (!trail) return;
    const search = this.#pinSearch;
    search.run(ends);
    const length = search.settledCount;
    if (trail.places.length < length) {
      trail.places = new Int32Array(length + 32);
      trail.positions = new Int32Array(length + 32);
    }
    for (let step = 0; step < length; step++) {
      const place = search.settled[step] ?? 0;
      trail.places[step] = place;
      trail.positions[step] = this.#append(place, pin, search.timeAt(place), step);
    }
    trail.length = length;
  }

  /** Takes a pin away; nothing happens when there is none. */
  remove(pin: number): void {
    const trail = this.#trails[pin];
    if (!trail) return;
    const entries = this.#entries;
    for (let step = 0; step < trail.length; step++) {
      const place: number = trail.places[step] ?? 0;
      const position: number = trail.positions[step] ?? 0;
      const hole: number = (this.#start[place] ?? 0) + position;
      const left: number = (this.#count[place] ?? 0) - 1;
      this.#count[place] = left;
      const last: number = (this.#start[place] ?? 0) + left;
      if (hole === last) continue;
      const moved = entries[2 * last] ?? 0;
      const movedStep = this.#step[last] ?? 0;
      entries[2 * hole] = moved;
      entries[2 * hole + 1] = entries[2 * last + 1] ?? 0;
      this.#step[hole] = movedStep;
      const positions = this.#trails[moved]?.positions;
      if (positions) positions[movedStep] = position;
    }
    trail.length = 0;
  }

  /**
   * Deciseconds between each pin and the ends, `UNREACHABLE` where there is no way or no pin, written to
   * `out[from + pin]`, which must have room for `capacity` of them.
   */
  times(ends: readonly End[], out: Uint32Array, from = 0): void {
    const pins = this.#trails.length;
    if (out.length < from + pins) {
      throw new RangeError(`out: ${out.length} values where ${from + pins} are needed`);
    }
    for (let pin = from; pin < from + pins; pin++) out[pin] = UNREACHABLE;
    const search = this.#search;
    search.run(ends);
    const entries = this.#entries;
    const settled = search.settled;
    for (let index = 0; index < search.settledCount; index++) {
      const place = settled[index] ?? 0;
      const here = search.timeAt(place);
      const begin = 2 * (this.#start[place] ?? 0);
      const end = begin + 2 * (this.#count[place] ?? 0);
      for (let entry = begin; entry < end; entry += 2) {
        const pin = from + (entries[entry] ?? 0);
        const time = here + (entries[entry + 1] ?? 0);
        if (time < (out[pin] ?? 0) && time < UNREACHED) out[pin] = time;
      }
    }
  }

  /** Adds an entry to a bucket, which moves to the end when it is full. Returns its position in the bucket. */
  #append(place: number, pin: number, time: number, step: number): number {
    const position = this.#count[place] ?? 0;
    if (position === this.#room[place]) this.#move(place, position);
    this.#count[place] = position + 1;
    const entry = (this.#start[place] ?? 0) + position;
    this.#entries[2 * entry] = pin;
    this.#entries[2 * entry + 1] = time;
    this.#step[entry] = step;
    return position;
  }

  #move(place: number, count: number): void {
    const room = Math.max(4, 2 * count);
    const end = this.#end + room;
    if (end > this.#step.length) {
      const entries = new Int32Array(4 * end);
      entries.set(this.#entries);
      this.#entries = entries;
      const step = new Int32Array(2 * end);
      step.set(this.#step);
      this.#step = step;
    }
    const from = this.#start[place] ?? 0;
    this.#entries.copyWithin(2 * this.#end, 2 * from, 2 * (from + count));
    this.#step.copyWithin(this.#end, from, from + count);
    this.#start[place] = this.#end;
    this.#room[place] = room;
    this.#end = end;
  }
}
