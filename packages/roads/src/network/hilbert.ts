const BITS = 16;

/**
 * The place of a cell along a Hilbert curve through a grid of 65,536 × 65,536 cells: cells near on the curve are near
 * on the ground. Walks the quadrants from the largest to the smallest (Hilbert, "Über die stetige Abbildung einer
 * Linie auf ein Flächenstück", Mathematische Annalen 38, 1891), turning the cell into the frame of each.
 */
export function hilbertIndex(column: number, row: number): number {
  let x = column;
  let y = row;
  let index = 0;
  for (let side = 1 << (BITS - 1); side > 0; side >>= 1) {
    const right = (x & side) > 0 ? 1 : 0;
    const upper = (y & side) > 0 ? 1 : 0;
    index += side * side * ((3 * right) ^ upper);
    if (upper === 0) {
      if (right === 1) {
        x = side - 1 - (x & (side - 1));
        y = side - 1 - (y & (side - 1));
      }
      [x, y] = [y, x];
    }
  }
  return index;
}

/** The numbers 0 … count − 1 in the order of the curve over their positions (two numbers each, any unit). */
export function hilbertOrder(positions: Int32Array): Uint32Array {
  const count = positions.length / 2;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const lon = positions[2 * i] ?? 0;
    const lat = positions[2 * i + 1] ?? 0;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const cell = (2 ** BITS - 1) / Math.max(1, east - west, north - south);
  const key = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const column = Math.floor(((positions[2 * i] ?? 0) - west) * cell);
    const row = Math.floor(((positions[2 * i + 1] ?? 0) - south) * cell);
    key[i] = hilbertIndex(column, row);
  }
  // The number itself breaks ties, so that the order does not hang on the sorting algorithm.
  return Uint32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => (key[a] ?? 0) - (key[b] ?? 0) || a - b,
  );
}
