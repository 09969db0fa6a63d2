import type { LonLat } from '@lamplight/base';
import { mercatorX, mercatorY } from './mercator.js';

/** No unit glides longer than this from one fix to the next, in milliseconds: what is shown is never far behind. */
const LONGEST_GLIDE = 5000;
/** Further than this in one step is no driving, but a receiver that has found itself again: it jumps. About 2 km. */
const JUMP = 5e-5;

/**
 * Where many units are between their fixes. Each glides in a straight line from where it was shown to its newest fix,
 * for as long as passed between the last two fixes, so a mark is behind its unit by about one interval of reports and
 * never ahead of what was reported. Numbers lie in typed arrays by the index of the unit: 10,000 positions are worked
 * out in a fraction of a millisecond. Positions are in Mercator units; times in milliseconds of one local clock.
 */
export class UnitMotion {
  #fromX = new Float64Array(64);
  #fromY = new Float64Array(64);
  #toX = new Float64Array(64);
  #toY = new Float64Array(64);
  #startedAt = new Float64Array(64);
  #arrivesAt = new Float64Array(64);
  /** When the newest fix came. */
  #heardAt = new Float64Array(64);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Adds a unit where it stands and returns its index. */
  add(position: LonLat, now: number): number {
    if (this.#count === this.#fromX.length) this.#grow();
    const index = this.#count++;
    this.#put(index, position, now);
    return index;
  }

  /** Removes a unit; the last one takes over its index. */
  remove(index: number): void {
    const last = --this.#count;
    for (const array of this.#arrays()) array[index] = array[last] ?? 0;
  }

  /** A new fix. `glide` false puts the unit there at once. */
  move(index: number, position: LonLat, now: number, glide: boolean): void {
    const x = mercatorX(position[0]);
    const y = mercatorY(position[1]);
    const duration = Math.min(LONGEST_GLIDE, now - (this.#heardAt[index] ?? now));
    const atX = this.x(index, now);
    const atY = this.y(index, now);
    if (!glide || duration <= 0 || Math.hypot(x - atX, y - atY) > JUMP) {
      this.#put(index, position, now);
      return;
    }
    this.#fromX[index] = atX;
    this.#fromY[index] = atY;
    this.#toX[index] = x;
    this.#toY[index] = y;
    this.#startedAt[index] = now;
    this.#arrivesAt[index] = now + duration;
    this.#heardAt[index] = now;
  }

  x(index: number, now: number): number {
    return this.#between(this.#fromX[index] ?? 0, this.#toX[index] ?? 0, index, now);
  }

  y(index: number, now: number): number {
    return this.#between(this.#fromY[index] ?? 0, this.#toY[index] ?? 0, index, now);
  }

  /** How fast a unit glides now, in Mercator units a millisecond; 0 for one that stands. */
  speed(index: number, now: number): number {
    const started = this.#startedAt[index] ?? 0;
    const arrives = this.#arrivesAt[index] ?? 0;
    if (now >= arrives) return 0;
    const dx = (this.#toX[index] ?? 0) - (this.#fromX[index] ?? 0);
    const dy = (this.#toY[index] ?? 0) - (this.#fromY[index] ?? 0);
    return Math.hypot(dx, dy) / (arrives - started);
  }

  #between(from: number, to: number, index: number, now: number): number {
    const arrives = this.#arrivesAt[index] ?? 0;
    if (now >= arrives) return to;
    const started = this.#startedAt[index] ?? 0;
    return from + ((to - from) * (now - started)) / (arrives - started);
  }

  #put(index: number, [lon, lat]: LonLat, now: number): void {
    const x = mercatorX(lon);
    const y = mercatorY(lat);
    this.#fromX[index] = x;
    this.#fromY[index] = y;
    this.#toX[index] = x;
    this.#toY[index] = y;
    this.#startedAt[index] = now;
    this.#arrivesAt[index] = now;
    this.#heardAt[index] = now;
  }

  #arrays(): Float64Array[] {
    return [this.#fromX, this.#fromY, this.#toX, this.#toY, this.#startedAt, this.#arrivesAt, this.#heardAt];
  }

  #grow(): void {
    const larger = (array: Float64Array): Float64Array<ArrayBuffer> => {
      const next = new Float64Array(array.length * 2);
      next.set(array);
      return next;
    };
    this.#fromX = larger(this.#fromX);
    this.#fromY = larger(this.#fromY);
    this.#toX = larger(this.#toX);
    this.#toY = larger(this.#toY);
    this.#startedAt = larger(this.#startedAt);
    this.#arrivesAt = larger(this.#arrivesAt);
    this.#heardAt = larger(this.#heardAt);
  }
}
