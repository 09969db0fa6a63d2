type Numbers = Int16Array | Int32Array | Uint8Array | Uint32Array | Float64Array;

/**
 * A list of numbers that grows by half, for millions of them: what it holds is one typed array. Loops that must be fast
 * call `reserve` and write to `data` themselves.
 */
export class Growing<Data extends Numbers> {
  data: Data;
  length = 0;
  readonly #make: (length: number) => Data;
  readonly #part: (data: Data, length: number) => Data;

  constructor(make: (length: number) => Data, part: (data: Data, length: number) => Data) {
    this.#make = make;
    this.#part = part;
    this.data = make(1024);
  }

  /** Makes room for `more` numbers after the last. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.data.length) return;
    const grown = this.#make(Math.max(needed, Math.ceil(this.data.length * 1.5)));
    grown.set(this.#part(this.data, this.length));
    this.data = grown;
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(1);
    this.data[this.length++] = value;
  }

  /** The numbers so far, as a view that the next growth leaves behind. */
  view(): Data {
    return this.#part(this.data, this.length);
  }
}

export const growingInt16 = (): Growing<Int16Array> =>
  new Growing<Int16Array>(
    (length) => new Int16Array(length),
    (data, length) => data.subarray(0, length),
  );
export const growingInt32 = (): Growing<Int32Array> =>
  new Growing<Int32Array>(
    (length) => new Int32Array(length),
    (data, length) => data.subarray(0, length),
  );
export const growingUint8 = (): Growing<Uint8Array> =>
  new Growing<Uint8Array>(
    (length) => new Uint8Array(length),
    (data, length) => data.subarray(0, length),
  );
export const growingUint32 = (): Growing<Uint32Array> =>
  new Growing<Uint32Array>(
    (length) => new Uint32Array(length),
    (data, length) => data.subarray(0, length),
  );
export const growingFloat64 = (): Growing<Float64Array> =>
  new Growing<Float64Array>(
    (length) => new Float64Array(length),
    (data, length) => data.subarray(0, length),
  );
