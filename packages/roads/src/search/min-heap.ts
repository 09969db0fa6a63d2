/**
 * A binary heap of (time, node) pairs, interleaved in one array. A node is pushed again when a better time is found and
 * its older pairs are skipped by the caller when they come out, which for small searches costs less than moving it.
 */
export class MinHeap {
  size = 0;
  #pairs: Int32Array;

  constructor(capacity: number) {
    this.#pairs = new Int32Array(2 * (capacity + 1));
  }

  /** The time of the pair at the top. The heap must not be empty. */
  get topTime(): number {
    return this.#pairs[0] ?? 0;
  }

  /** The node of the pair at the top. The heap must not be empty. */
  get topNode(): number {
    return this.#pairs[1] ?? 0;
  }

  clear(): void {
    this.size = 0;
  }

  push(time: number, node: number): void {
    let hole = this.size++;
    if (2 * this.size > this.#pairs.length) this.#grow();
    const pairs = this.#pairs;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = pairs[2 * parent] ?? 0;
      if (parentTime <= time) break;
      pairs[2 * hole] = parentTime;
      pairs[2 * hole + 1] = pairs[2 * parent + 1] ?? 0;
      hole = parent;
    }
    pairs[2 * hole] = time;
    pairs[2 * hole + 1] = node;
  }

  /** Takes the top away. The heap must not be empty. */
  drop(): void {
    const last = --this.size;
    const pairs = this.#pairs;
    const time = pairs[2 * last] ?? 0;
    const node = pairs[2 * last + 1] ?? 0;
    let hole = 0;
    for (let child = 1; child < last; child = 2 * hole + 1) {
      let childTime = pairs[2 * child] ?? 0;
      if (child + 1 < last) {
        const otherTime = pairs[2 * child + 2] ?? 0;
        if (otherTime < childTime) {
          childTime = otherTime;
          child++;
        }
      }
      if (childTime >= time) break;
      pairs[2 * hole] = childTime;
      pairs[2 * hole + 1] = pairs[2 * child + 1] ?? 0;
      hole = child;
    }
    pairs[2 * hole] = time;
    pairs[2 * hole + 1] = node;
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#pairs.length);
    larger.set(this.#pairs);
    this.#pairs = larger;
  }
}
