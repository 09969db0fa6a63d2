import { type Growing, growingFloat64, growingInt16, growingUint32 } from '../growing.js';

/**
 * What one zoom is made of: each piece is a feature in one tile, with its rings in the tile's own grid. Piece `p` has
 * the rings `ringStart[p]` up to `ringStart[p + 1]`; ring `r` has the numbers `coordStart[r]` up to
 * `coordStart[r + 1]` of `coords`.
 */
export class Pieces {
  readonly tile: Growing<Float64Array> = growingFloat64();
  readonly feature: Growing<Uint32Array> = growingUint32();
  readonly ringStart: Growing<Uint32Array> = growingUint32();
  readonly coordStart: Growing<Uint32Array> = growingUint32();
  readonly coords: Growing<Int16Array> = growingInt16();

  get count(): number {
    return this.tile.length;
  }

  begin(tile: number, feature: number): void {
    this.tile.push(tile);
    this.feature.push(feature);
    this.ringStart.push(this.coordStart.length);
  }

  /** Adds a ring to the last piece, moved so that the tile starts at 0, 0. */
  ring(points: readonly number[], left: number, top: number): void {
    this.coordStart.push(this.coords.length);
    this.coords.reserve(points.length);
    const { data, length } = this.coords;
    for (let i = 0; i < points.length; i += 2) {
      data[length + i] = (points[i] ?? 0) - left;
      data[length + i + 1] = (points[i + 1] ?? 0) - top;
    }
    this.coords.length = length + points.length;
  }

  /** Ends the adding: after this, every start has an end. */
  close(): void {
    this.ringStart.push(this.coordStart.length);
    this.coordStart.push(this.coords.length);
  }

  /** Pieces by tile, and inside a tile in the order in which they were added. `undefined` when there are too many. */
  sorted(): Uint32Array | undefined {
    const { count } = this;
    let least = Infinity;
    let most = 0;
    for (let p = 0; p < count; p++) {
      const tile = this.tile.data[p] ?? 0;
      least = Math.min(least, tile);
      most = Math.max(most, tile);
    }
    if ((most - least + 1) * count > Number.MAX_SAFE_INTEGER) return undefined;
    const keys = new Float64Array(count);
    for (let p = 0; p < count; p++) keys[p] = ((this.tile.data[p] ?? 0) - least) * count + p;
    keys.sort();
    return Uint32Array.from(keys, (key) => key % count);
  }
}
