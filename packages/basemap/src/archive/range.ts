/**
 * Reads a stretch of an archive that lies elsewhere: a file, an object store. It gives fewer bytes only where the archive
 * ends; it rejects when reading fails.
 */
export type RangeReader = (offset: number, length: number) => Promise<Uint8Array>;

/** A reader of bytes that are in memory. */
export const rangeOf =
  (bytes: Uint8Array): RangeReader =>
  (offset, length) =>
    Promise.resolve(bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length)));

/**
 * The last things asked for, up to a number of them: what has not been asked for longest goes first. Two who ask for
 * the same at the same time wait for one answer; an answer that failed is not kept.
 */
export class RecentCache<Value> {
  readonly #kept = new Map<number, Promise<Value>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: number, load: () => Promise<Value>): Promise<Value> {
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    const value = known ?? load();
    this.#kept.set(key, value);
    if (!known) {
      value.catch(() => {
        if (this.#kept.get(key) === value) this.#kept.delete(key);
      });
      if (this.#kept.size > this.#most) {
        for (const oldest of this.#kept.keys()) {
          this.#kept.delete(oldest);
          break;
        }
      }
    }
    return value;
  }
}
