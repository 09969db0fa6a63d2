/** Numbers that a record takes: other node, weight, origin, hops. */
export const RECORD = 4;

/**
 * For each node a list of arcs that grows and shrinks, all in one array. A record is the node at the other end, the
 * weight in deciseconds, the origin (a step of the graph, or `~middle` for a shortcut over node `middle`) and the number
 * of steps it stands for. A list that outgrows its place moves to the end; the place it leaves is not used again.
 */
export class ArcLists {
  /** For each node, interleaved: where in `records` its list begins and where it ends. */
  readonly bounds: Int32Array;
  /** Replaced when it grows: read it again after any `put`. */
  records: Int32Array;
  /** For each node: where the room for its list ends. */
  readonly #room: Int32Array;
  #end = 0;

  /** Empty lists with room for the degrees that are expected. */
  constructor(degrees: Int32Array) {
    const nodeCount = degrees.length;
    this.bounds = new Int32Array(2 * nodeCount);
    this.#room = new Int32Array(nodeCount);
    for (let node = 0; node < nodeCount; node++) {
      this.bounds[2 * node] = this.#end;
      this.bounds[2 * node + 1] = this.#end;
      this.#end += RECORD * ((degrees[node] ?? 0) + 2);
      this.#room[node] = this.#end;
    }
    this.records = new Int32Array(2 * this.#end + 64);
  }

  degreeOf(node: number): number {
    return ((this.bounds[2 * node + 1] ?? 0) - (this.bounds[2 * node] ?? 0)) / RECORD;
  }

  /** Adds an arc, or betters the one that leads to the same node. Returns whether anything changed. */
  put(node: number, other: number, weight: number, origin: number, hops: number): boolean {
    let index = this.#find(node, other);
    if (index < 0) index = this.#append(node);
    else if ((this.records[index + 1] ?? 0) <= weight) return false;
    const records = this.records;
    records[index] = other;
    records[index + 1] = weight;
    records[index + 2] = origin;
    records[index + 3] = hops;
    return true;
  }

  /** Takes the arc to `other` out of the list of `node`, where there must be one. */
  remove(node: number, other: number): void {
    const index = this.#find(node, other);
    const last = (this.bounds[2 * node + 1] ?? 0) - RECORD;
    this.bounds[2 * node + 1] = last;
    this.records.copyWithin(index, last, last + RECORD);
  }

  /** Index of the record of `node` that leads to `other`, or -1. */
  #find(node: number, other: number): number {
    const records = this.records;
    const end = this.bounds[2 * node + 1] ?? 0;
    for (let index = this.bounds[2 * node] ?? 0; index < end; index += RECORD) {
      if (records[index] === other) return index;
    }
    return -1;
  }

  /** Lengthens the list by one record and returns its index. */
  #append(node: number): number {
    if (this.bounds[2 * node + 1] === this.#room[node]) this.#move(node);
    const index = this.bounds[2 * node + 1] ?? 0;
    this.bounds[2 * node + 1] = index + RECORD;
    return index;
  }

  #move(node: number): void {
    const begin = this.bounds[2 * node] ?? 0;
    const length = (this.bounds[2 * node + 1] ?? 0) - begin;
    const to = this.#end;
    this.#end += 2 * length + RECORD;
    if (this.#end > this.records.length) {
      const larger = new Int32Array(Math.ceil(1.5 * this.#end));
      larger.set(this.records);
      this.records = larger;
    }
    this.records.copyWithin(to, begin, begin + length);
    this.bounds[2 * node] = to;
    this.bounds[2 * node + 1] = to + length;
    this.#room[node] = this.#end;
  }
}
