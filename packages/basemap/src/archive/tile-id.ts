/*
 * Tile ids of PMTiles version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md): zoom by zoom, and
 * inside a zoom along a Hilbert curve, so that neighbours on the map are neighbours in the file.
 */

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** Largest zoom whose ids are whole numbers in a double. */
export const MAX_ARCHIVE_ZOOM = 26;

/** Tiles of all the zooms before this one. */
const tilesBefore = (z: number): number => (4 ** z - 1) / 3;

/** Id of a tile; `x` and `y` must lie within the zoom. */
export function tileId(z: number, x: number, y: number): number {
  let id = tilesBefore(z);
  let column = x;
  let row = y;
  for (let side = 2 ** z / 2; side >= 1; side /= 2) {
    const right = column >= side;
    const down = row >= side;
    if (right) column -= side;
    if (down) row -= side;
    id += side * side * (right ? (down ? 2 : 3) : down ? 1 : 0);
    if (down) continue;
    // The two upper quarters of the curve are turned.
    const before = column;
    column = right ? side - 1 - row : row;
    row = right ? side - 1 - before : before;
  }
  return id;
}

/** The tile that has an id. */
export function tileAt(id: number): TileAddress {
  let z = 0;
  while (tilesBefore(z + 1) <= id) z++;
  let rest = id - tilesBefore(z);
  let x = 0;
  let y = 0;
  for (let side = 1; side < 2 ** z; side *= 2) {
    const quarter = rest % 4;
    rest = Math.floor(rest / 4);
    const right = quarter >= 2;
    const down = quarter === 1 || quarter === 2;
    if (!down) {
      const before = x;
      x = right ? side - 1 - y : y;
      y = right ? side - 1 - before : before;
    }
    if (right) x += side;
    if (down) y += side;
  }
  return { z, x, y };
}
