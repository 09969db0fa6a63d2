import type { End } from './graph.js';

const NONE = -1;

/**
 * Things that hang on nodes of a search graph at some distance, numbered from 0: the places a search may find. A thing
 * hangs on as many nodes as there are ways to it. Hanging and taking down are O(ways of the thing).
 */
export class Pins {
  /** The list of each node: entry numbers, `-1` at the end. */
  readonly first: Int32Array;
  next: Int32Array;
  pin: Int32Array;
  /** Deciseconds between the node and the thing. */
  duration: Int32Array;
  readonly #nodesOf: (readonly End[] | undefined)[] = [];
  #used = 0;
  #free = NONE;
  #count = 0;
  #longest = 0;

  constructor(nodeCount: number) {
    this.first = new Int32Array(nodeCount).fill(NONE);
    this.next = new Int32Array(64);
    this.pin = new Int32Array(64);
    this.duration = new Int32Array(64);
  }

  /** How many things hang. */
  get count(): number {
    return this.#count;
  }

  /** All numbers given so far are below this. */
  get capacity(): number {
    return this.#nodesOf.length;
  }

  /** No thing ever hung farther from its node. */
  get longest(): number {
    return this.#longest;
  }

  /** Hangs thing number `pin` on its ends, in place of where it hung before. */
  put(pin: number, ends: readonly End[]): void {
    this.remove(pin);
    while (this.#nodesOf.length < pin) this.#nodesOf.push(undefined);
    this.#nodesOf[pin] = ends;
    this.#count++;
    for (const { node, duration } of ends) {
      const entry = this.#takeEntry();
      this.pin[entry] = pin;
      this.duration[entry] = duration;
      this.next[entry] = this.first[node] ?? NONE;
      this.first[node] = entry;
      if (duration > this.#longest) this.#longest = duration;
    }
  }

  remove(pin: number): void {
    const ends = this.#nodesOf[pin];
    if (!ends) return;
    this.#nodesOf[pin] = undefined;
    this.#count--;
    for (const { node } of ends) this.#unlink(node, pin);
  }

  #unlink(node: number, pin: number): void {
    let before = NONE;
    for (let entry = this.first[node] ?? NONE; entry !== NONE; entry = this.next[entry] ?? NONE) {
      if (this.pin[entry] === pin) {
        const after = this.next[entry] ?? NONE;
        if (before === NONE) this.first[node] = after;
        else this.next[before] = after;
        this.next[entry] = this.#free;
        this.#free = entry;
        return;
      }
      before = entry;
    }
  }

  #takeEntry(): number {
    if (this.#free !== NONE) {
      const entry = this.#free;
      this.#free = this.next[entry] ?? NONE;
      return entry;
    }
    if (this.#used === this.next.length) {
      this.next = doubled(this.next);
      this.pin = doubled(this.pin);
      this.duration = doubled(this.duration);
    }
    return this.#used++;
  }
}

function doubled(old: Int32Array): Int32Array {
  const larger = new Int32Array(2 * old.length);
  larger.set(old);
  return larger;
}
